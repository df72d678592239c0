import type { Message, MessagePosted } from '@relais/protocol';

/** A message as a history shows it: the event, and its place in the log. */
export function toMessage(version: number, event: MessagePosted): Message {
  const { type: _, ...rest } = event;
  return { version, ...rest };
}
