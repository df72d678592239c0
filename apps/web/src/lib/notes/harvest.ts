import type { AnswerValue, HarvestRound, Message, Place } from '@relais/protocol';
import type { CallFailure } from '../hub/call-failure.ts';
import { fail, ok, type Result } from '@relais/kit';
import type { HubClient } from '../hub/hub-client.ts';

/** One room of the harvest with what was written there. */
export interface HarvestPart {
  place: Place;
  /** Undefined: the plenary. */
  name: string | undefined;
  text: string;
  /** Asked for by who runs the meeting alone. */
  messages: readonly Message[];
}

export interface HarvestSection {
  /** Undefined: of no round. */
  round: Pick<HarvestRound, 'number' | 'openedAt' | 'endedAt'> | undefined;
  parts: readonly HarvestPart[];
}

type Ask = Pick<HubClient, 'request'>;
type Listed = AnswerValue<'notes:harvest'>;
/** Texts that were read, by place and by when they were last written: on a thin line nothing comes twice. */
type Read = Map<Place, { at: number; text: string }>;

const PAGE = 100;
/** Pages of messages of one room: a thousand messages are more than anybody harvests. */
const MOST_PAGES = 10;
const LAST_VERSION = 2 ** 31 - 1;
/** Tries of a line that answers "too many". */
const TRIES = 6;

/** Fetches the harvest, one room after another, so that sound keeps its share of the line. `progress`: rooms read, of how many. */
export async function fetchHarvest(
  hub: Ask,
  known: Read,
  options: { withMessages: boolean; progress: (done: number, of: number) => void },
): Promise<Result<HarvestSection[], CallFailure>> {
  const listed = await patient(() => hub.request('notes:harvest', {}));
  if (!listed.ok) return listed;
  const rooms = listed.value.rounds.flatMap((round) => round.rooms);
  let done = 0;
  const part = async (
    place: Place,
    name: string | undefined,
    head: { length: number; at?: number | undefined },
  ) => {
    const text = head.length > 0 ? await textOf(hub, known, place, head.at ?? 0) : ok('');
    if (!text.ok) return text;
    const messages = options.withMessages ? await messagesOf(hub, place) : ok([]);
    if (!messages.ok) return messages;
    options.progress((done += 1), rooms.length + 1);
    return ok({ place, name, text: text.value, messages: messages.value });
  };
  return gathered(listed.value, part);
}

async function gathered(
  { plenary, rounds }: Listed,
  part: (
    place: Place,
    name: string | undefined,
    head: { length: number; at?: number | undefined },
  ) => Promise<Result<HarvestPart, CallFailure>>,
): Promise<Result<HarvestSection[], CallFailure>> {
  const first = await part('plenary', undefined, plenary);
  if (!first.ok) return first;
  const sections: HarvestSection[] = [{ round: undefined, parts: [first.value] }];
  for (const { rooms, ...round } of rounds) {
    const parts: HarvestPart[] = [];
    for (const room of rooms) {
      const got = await part(room.roomId, room.name, room);
      if (!got.ok) return got;
      parts.push(got.value);
    }
    sections.push({ round, parts });
  }
  return ok(sections);
}

async function textOf(hub: Ask, known: Read, place: Place, at: number): Promise<Result<string, CallFailure>> {
  const had = known.get(place);
  if (had?.at === at) return ok(had.text);
  const read = await patient(() => hub.request('notes:read', { place }));
  if (!read.ok) return read.error.kind === 'notInYourRoom' ? ok('') : read;
  known.set(place, { at, text: read.value.text });
  return ok(read.value.text);
}

async function messagesOf(hub: Ask, place: Place): Promise<Result<readonly Message[], CallFailure>> {
  let messages: readonly Message[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const beforeVersion = messages[0]?.version ?? LAST_VERSION;
    const read = await patient(() => hub.request('chat:history', { place, beforeVersion, limit: PAGE }));
    if (!read.ok) return read;
    messages = [...read.value.messages, ...messages];
    if (!read.value.hasMore) break;
  }
  return ok(messages);
}

/** Waits as long as the hub asks when there were too many questions. */
async function patient<T>(ask: () => Promise<Result<T, CallFailure>>): Promise<Result<T, CallFailure>> {
  for (let left = TRIES; left > 0; left -= 1) {
    const answer = await ask();
    if (answer.ok || answer.error.kind !== 'tooMany') return answer;
    const { retryAfterMs } = answer.error;
    await new Promise((resolve) => setTimeout(resolve, Math.min(retryAfterMs, 10_000)));
  }
  return fail({ kind: 'noAnswer' });
}
