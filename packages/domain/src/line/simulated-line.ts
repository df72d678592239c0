import { ladderLimits, lineQuality } from './ladder-now.ts';
import type { Ladder } from './ladder.ts';
import type { LineReport } from './line-report.ts';

/** A line as tests imagine it: bit/s each way, share of packets lost to the air, round trip in milliseconds. */
export interface ImaginedLine {
  down: number;
  up: number;
  loss?: number;
  roundTripMs?: number;
}

/** Bit/s on the wire: a microphone and a camera's small layer. */
const SOUND = { full: 60_000, frugal: 25_000 };
const SMALL = 170_000;
const LARGE = 620_000;

/** What the browser would measure in the second after `at` on that line, with five others who all send a camera. */
export function imaginedReport(
  ladder: Ladder,
  line: ImaginedLine,
  at: number,
  chance: () => number,
): LineReport {
  const limits = ladderLimits(ladder);
  const sound = lineQuality(ladder) === 'good' ? SOUND.full : SOUND.frugal;
  const open = !limits.otherCameras ? 0 : limits.thumbnails === 'live' ? 5 : 1;
  // The media node and the browser's encoder fit pictures to what is there; the smallest of them does not go below.
  const fitted = (room: number, most: number) => (most === 0 ? 0 : Math.min(most, Math.max(SMALL, room)));
  const pictureDown = fitted(line.down - sound, open * (limits.topLayer === 0 ? SMALL : LARGE));
  const pictureUp = fitted(
    line.up - sound,
    limits.ownCamera ? SMALL + (limits.ownTopLayer === 1 ? LARGE : 0) : 0,
  );
  const over = (load: number, capacity: number) => Math.max(0, (load - capacity) / load);
  const [fullDown, fullUp] = [over(sound + pictureDown, line.down), over(sound + pictureUp, line.up)];
  const air = (line.loss ?? 0) * (0.7 + 0.6 * chance());
  const lost = (full: number) => Math.min(1, full + air);
  return {
    at,
    spanMs: 1000,
    path: 'udp',
    roundTripMs: (line.roundTripMs ?? 40) + 700 * Math.min(1, 5 * Math.max(fullDown, fullUp)),
    queueMs: 40 * chance() + 700 * Math.min(1, 5 * Math.max(fullDown, fullUp)),
    down: {
      sound,
      picture: pictureDown,
      loss: lost(fullDown),
      concealed: Math.max(0, lost(fullDown) ** 1.5),
      open,
      room: ladder.down.asksRoom ? line.down - sound : undefined,
      moving: Math.min(open, Math.floor(pictureDown / SMALL)),
    },
    up: {
      sound,
      picture: pictureUp,
      loss: lost(fullUp),
      room: ladder.up.asksRoom ? line.up - sound : undefined,
      estimate: Math.max(30_000, Math.min(line.up, 1.5 * (sound + pictureUp))),
    },
  };
}
