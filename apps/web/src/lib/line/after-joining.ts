import { connectionOf } from '../media/packet-time.ts';
import { preferFresh } from '../media/fresh-candidates.ts';
import { fetchWorklet } from '../media/hear-silence.ts';
import type { MediaSession } from '../media/media-session.ts';
import { checkOften } from '../media/quick-checks.ts';
import type { LineWatch } from '../meeting/line-watch.ts';
import { findRoom } from './find-room.ts';
import { createLineCare } from './line-care.ts';
import type { LineMemory } from './line-memory.ts';
import type { LineStore } from './line-store.svelte.ts';
import { ownAddresses } from './own-addresses.ts';
import { createStandstillWatch } from './standstill-watch.ts';

/**
 * All that looks at the line once one is inside, in one piece that comes after the first pictures: what helps in trouble has to
 * be here before it. Until the returned function is called.
 */
export function careForLine(parts: {
  session: MediaSession;
  line: LineStore;
  memory: LineMemory;
  watch: LineWatch;
}): () => void {
  const { session, line, memory, watch } = parts;
  // When it is needed the line is too thin to bring it.
  void fetchWorklet();
  const care = createLineCare({
    flows: () => session.flows(),
    ladder: memory.load(),
    now: () => performance.now(),
    findRoom,
    resendSound: (isOn) => session.resendSound(isOn),
    delaySound: (ms) => session.delaySound(ms),
    looked(ladder, report, saying) {
      line.looked(ladder, report, saying);
      memory.save(ladder);
    },
  });
  const standstill = createStandstillWatch({
    flows: () => session.flows(),
    opened({ send, recv }) {
      for (const connection of [send, recv].map(connectionOf)) {
        if (connection) preferFresh(connection, (sdp) => checkOften(connection, sdp));
      }
    },
    // What stops on a full line may come again, and to look for another way costs it.
    stands: ({ stopped, mayHaveLeft }) =>
      watch.stoodStill({ isSure: mayHaveLeft && stopped > 1 && line.quality === 'good' }),
    left() {
      care.elsewhere();
      watch.left();
    },
    addresses: ownAddresses,
  });
  return () => {
    care.close();
    standstill.close();
  };
}
