import { measureLine, NO_LINE_MEMORY, NO_SOUND_DELAY, nextSoundDelay } from '@relais/domain';
import type { types as client } from 'mediasoup-client';
import { readLine } from '../../../web/src/lib/line/read-stats.ts';

const EVERY_MS = 1000;

/** What a page of the product does for a voice that comes with gaps (LINE-11), for those in a meeting who are no page of it. */
export function waitForSound(
  { send, recv }: Record<'send' | 'recv', client.Transport>,
  consumers: () => Iterable<client.Consumer>,
): () => void {
  let memory = NO_LINE_MEMORY;
  let delay = NO_SOUND_DELAY;

  async function look(): Promise<void> {
    const [sent, received] = await Promise.all([send.getStats(), recv.getStats()]);
    const stats = { send: sent.values(), recv: received.values() };
    const measured = measureLine(memory, readLine(stats, new Set(), performance.now()));
    ({ memory } = measured);
    if (!measured.report) return;
    delay = nextSoundDelay(delay, measured.report);
    for (const { kind, rtpReceiver } of consumers())
      if (kind === 'audio' && rtpReceiver && 'jitterBufferTarget' in rtpReceiver)
        rtpReceiver.jitterBufferTarget = delay.ms || null;
  }

  // A transport that closes meanwhile has no stats.
  const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS);
  return () => clearInterval(timer);
}
