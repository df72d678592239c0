import { freshLadder, microphoneProfile } from '@relais/domain';
import { backoff } from '@relais/kit';
import type { LineNow } from '../hub/reconnect-pace.ts';
import type { LineMemory } from '../line/line-memory.ts';
import type { LineStore } from '../line/line-store.svelte.ts';
import type { MediaSession } from '../media/media-session.ts';
import type { MediaStore } from '../media/media-store.svelte.ts';
import type { LineWatch } from './line-watch.ts';
import type { MeetingStore } from './meeting-store.svelte.ts';

/** Milliseconds inside until the line is looked at: the first look needs some seconds of sound and picture to tell anything. */
const WATCH_AFTER_MS = 1000;
/** Milliseconds that its few kilobytes take on no line that has room for a picture, be it by satellite. */
const CODE_MS = 3000;

export interface LineSparingDeps {
  /** Off where the measures are to be compared with none. */
  isCaring: boolean;
  memory: LineMemory;
  meeting: MeetingStore;
  media: MediaStore;
  session: MediaSession;
  line: LineStore;
  watch: LineWatch;
}

/** What the line carries decides what is sent and held here; what it carries is looked at from soon after joining on [LINE-1]. */
export type LineSparing = ReturnType<typeof createLineSparing>;

export function createLineSparing({
  isCaring,
  memory,
  meeting,
  media,
  session,
  line,
  watch,
}: LineSparingDeps) {
  const offs: (() => void)[] = [];
  let isWatching = false;
  /** The code that watches the line has come. */
  let isWatched = false;
  let isAway = false;
  let isClosed = false;

  /**
   * A measured line closes no camera: what is sent of it is `spare`'s to say. One's own moving screen is held in light mode,
   * whether it was chosen or is for want of a better line [STILL-3].
   */
  function holdOwn(): void {
    const { asked, isLight } = line;
    media.limitsChanged({ ownCamera: asked.ownCamera, screen: isLight ? 'stills' : asked.screen });
  }

  /**
   * What is sent, for one's own line and for those of who listens [LINE-8]. Where the socket does not come back the line may be
   * full of one's own voice (measured at 64 kbit/s: each lost packet is asked for and sent again, for minutes).
   */
  function spare(): void {
    if (!isCaring || !meeting.self || !meeting.live) return;
    const isThin = line.quality !== 'good' || line.isLight || isAway;
    const microphone = microphoneProfile(meeting.live.state, meeting.self, isThin);
    const { ownCamera, ownTopLayer } = line.limits;
    const shutsSilence = isWatched || microphone === 'frugal';
    session.care({ ownCamera, ownTopLayer, microphone, shutsSilence });
  }

  /** [LINE-6] The line was full before anybody could look at it. */
  function beginThin(): void {
    const ladder = freshLadder({ thinDown: true, thinUp: true });
    memory.save(ladder);
    line.looked(ladder);
  }

  return {
    spare,

    /** From what the line was last time. */
    begin(): void {
      if (isCaring) line.looked(memory.load());
      holdOwn();
    },

    /** The limits are others. */
    apply(): void {
      session.limitsChanged();
      holdOwn();
      spare();
    },

    /** The socket is away for longer than a moment, or back. */
    away(now: boolean): void {
      isAway = now;
      spare();
    },

    /** Before anything was measured: a way that ICE holds is one where things get through, and a thin line is slow, not gone. */
    lineNow(): LineNow {
      if (line.report) return line.now;
      return { ...line.now, isFlowing: media.connection === 'connected' || line.quality !== 'good' };
    },

    /** Looks at the line from soon after the first joining on; its code does not come before the first picture's. */
    async watch(): Promise<void> {
      if (!isCaring || isWatching) return;
      isWatching = true;
      await new Promise((resolve) => setTimeout(resolve, WATCH_AFTER_MS));
      for (let failures = 0; !isClosed; failures += 1) {
        const late = setTimeout(beginThin, CODE_MS);
        try {
          const { careForLine } = await import('../line/after-joining.ts');
          if (isClosed) return;
          offs.push(careForLine({ session, line, memory, watch }));
          isWatched = true;
          return spare();
        } catch (error) {
          console.error('line: the code that watches it did not load', error);
        } finally {
          clearTimeout(late);
        }
        await new Promise((resolve) => setTimeout(resolve, backoff(failures, Math.random())));
      }
    },

    close(): void {
      isClosed = true;
      for (const off of offs.splice(0)) off();
    },
  };
}
