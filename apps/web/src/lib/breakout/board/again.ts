import type { BreakoutRound, PastRound, RequestInput } from '@relais/protocol';

/** Seconds in which one sees that rooms open, before one is in them. */
const COUNTDOWN_S = 10;

interface Wanted {
  kind: 'same' | 'mixing';
  minutes: number | null;
  seed: number;
}

/** What a round leaves for the next one. */
type Former = Pick<PastRound, 'rooms' | 'late' | 'mayChoose'>;

/** [BREAK-29] The rooms of the last round once more, by their ids and with all that was written for them. */
export function againOf(last: Former, { kind, minutes, seed }: Wanted): RequestInput<'breakout:open'> {
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

/** [BREAK-37] The same for a round that still runs, as long as that one was to be: it is closed, and this one follows. */
export function followingOf(
  round: BreakoutRound,
  wanted: Omit<Wanted, 'minutes'>,
): RequestInput<'breakout:open'> {
  const rooms = round.rooms.map(({ endsAt: _, closesAt: _closing, closed: _closed, ...room }) => room);
  return { ...againOf({ ...round, rooms }, { ...wanted, minutes: minutesOf(round) }), after: round.roundId };
}

/** As it was announced, with what was added and taken since. */
function minutesOf({ opensAt, endsAt }: BreakoutRound): number | null {
  return endsAt === null ? null : Math.max(1, Math.round((endsAt - opensAt) / 60_000));
}

/** What is written as a number of minutes: null for nothing; undefined: it is none of these. */
export function minutesIn(text: string, most: number): number | null | undefined {
  const written = text.trim();
  if (!written) return null;
  const minutes = Number(written);
  return /^\d+$/.test(written) && minutes >= 1 && minutes <= most ? minutes : undefined;
}
