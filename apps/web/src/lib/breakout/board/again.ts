import type { PastRound, RequestInput } from '@relais/protocol';

/** Seconds in which one sees that rooms open, before one is in them. */
const COUNTDOWN_S = 10;

interface Wanted {
  kind: 'same' | 'mixing';
  minutes: number | null;
  seed: number;
}

/** [BREAK-29] The rooms of the last round once more, by their ids and with all that was written for them. */
export function againOf(last: PastRound, { kind, minutes, seed }: Wanted): RequestInput<'breakout:open'> {
  return {
    rooms: last.rooms,
    filling: { kind },
    seed,
    withFacilitators: false,
    countdownSeconds: COUNTDOWN_S,
    minutes,
    late: last.late ?? 'smallest',
    mayChoose: last.mayChoose ?? false,
  };
}

/** What is written as a number of minutes: null for nothing; undefined: it is none of these. */
export function minutesIn(text: string, most: number): number | null | undefined {
  const written = text.trim();
  if (!written) return null;
  const minutes = Number(written);
  return /^\d+$/.test(written) && minutes >= 1 && minutes <= most ? minutes : undefined;
}
