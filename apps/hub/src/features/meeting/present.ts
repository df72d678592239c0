import type { LivePerson, MediaSource, MeetingPresent } from '@relais/protocol';

/** How many are there, and what they send: numbers, for who is before the door [DATA-1]. Who is cut off is not counted. */
export function presentAmong(people: Iterable<Pick<LivePerson, 'connected' | 'producers'>>): MeetingPresent {
  const there = [...people].filter(({ connected }) => connected);
  const sending = (source: MediaSource) =>
    there.filter(({ producers }) => producers.some((one) => one.source === source && !one.paused)).length;
  return { people: there.length, cameras: sending('camera'), screens: sending('screen') };
}
