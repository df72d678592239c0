import type { ClientMessageId, Message, ParticipantId, Place } from '@relais/protocol';

/** A message on its way, in the order of writing. */
export interface OutboxEntry {
  clientMessageId: ClientMessageId;
  text: string;
  /** Where it was written, and is to be read: there or nowhere [BREAK-22]. */
  place: Place;
  /** The writer's clock, milliseconds since 1970. */
  at: number;
  /**
   * `waiting`: to be sent. `sending`: asked, not answered. `stored`: the hub has it, its event has not come yet.
   * `refused`: the hub will not take it; `misplaced`: nor there, for its author has left that place; the person decides.
   */
  state: 'waiting' | 'sending' | 'stored' | 'refused' | 'misplaced';
  /** The seat under which it was last sent: the log's message bears this one. */
  author: ParticipantId | undefined;
}

export type Outbox = readonly OutboxEntry[];

export function enqueue(
  outbox: Outbox,
  message: Pick<OutboxEntry, 'clientMessageId' | 'text' | 'place' | 'at'>,
): Outbox {
  return [...outbox, { ...message, state: 'waiting', author: undefined }];
}

/** The next to be sent: one at a time, in the order of writing. A refused one does not hold up those behind it. */
export function nextToSend(outbox: Outbox): OutboxEntry | undefined {
  if (outbox.some(({ state }) => state === 'sending')) return undefined;
  return outbox.find(({ state }) => state === 'waiting');
}

export const sending = (outbox: Outbox, id: ClientMessageId, author: ParticipantId): Outbox =>
  change(outbox, id, { state: 'sending', author });

/** The hub answered that it is in the log; the line stays until its event shows it. */
export const stored = (outbox: Outbox, id: ClientMessageId): Outbox =>
  change(outbox, id, { state: 'stored' });

/** No answer, or not now: it waits for its next turn under the same id, so that it cannot be posted twice. */
export const postponed = (outbox: Outbox, id: ClientMessageId): Outbox =>
  change(outbox, id, { state: 'waiting' });

export const refused = (outbox: Outbox, id: ClientMessageId): Outbox =>
  change(outbox, id, { state: 'refused' });

export const misplaced = (outbox: Outbox, id: ClientMessageId): Outbox =>
  change(outbox, id, { state: 'misplaced' });

export const discard = (outbox: Outbox, id: ClientMessageId): Outbox =>
  outbox.filter(({ clientMessageId }) => clientMessageId !== id);

/** Takes out what the log shows. The event may come before the answer, or without it. */
export function settle(outbox: Outbox, messages: readonly Message[]): Outbox {
  const shown = new Set(
    messages.map(({ participantId, clientMessageId }) => `${participantId}/${clientMessageId}`),
  );
  const left = outbox.filter(({ author, clientMessageId }) => !shown.has(`${author}/${clientMessageId}`));
  return left.length === outbox.length ? outbox : left;
}

/** After a whole snapshot: what was acknowledged before it is in it, even where its last messages do not reach. */
export function settleSnapshot(outbox: Outbox, messages: readonly Message[]): Outbox {
  return settle(outbox, messages).filter(({ state }) => state !== 'stored');
}

/** [BREAK-22] Of a place that one has left nothing is shown any more: what the hub has taken there is there. */
export function settleElsewhere(outbox: Outbox, here: Place): Outbox {
  const left = outbox.filter(({ state, place }) => state !== 'stored' || place === here);
  return left.length === outbox.length ? outbox : left;
}

/** As found after a reload: what was being sent may or may not have arrived, and is sent again. */
export function restore(outbox: Outbox): Outbox {
  return outbox.map((entry) => (entry.state === 'sending' ? { ...entry, state: 'waiting' } : entry));
}

function change(outbox: Outbox, id: ClientMessageId, to: Partial<OutboxEntry>): Outbox {
  return outbox.map((entry) => (entry.clientMessageId === id ? { ...entry, ...to } : entry));
}
