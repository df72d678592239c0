/** A sound that the check makes itself: nobody's voice is sent for it [CHECK-3]. */
export interface SentTone {
  readonly track: MediaStreamTrack;
  close(): void;
}

/** Never silent, so that every packet is sent. It is heard by nobody: what comes back is counted, not played. */
export function createSentTone(): SentTone {
  const context = new AudioContext();
  const target = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  const oscillator = new OscillatorNode(context, { frequency: 330 });
  const gain = new GainNode(context, { gain: 0.2 });
  oscillator.connect(gain).connect(target);
  oscillator.start();
  void context.resume().catch(() => undefined);
  const [track] = target.stream.getAudioTracks();
  if (!track) throw new Error('No track of sound could be made');
  return {
    track,
    close() {
      track.stop();
      void context.close().catch(() => undefined);
    },
  };
}

/** Seconds between the beginnings of the notes, and how long each rings. */
const [STEP, RING] = [0.28, 0.7];
/** A, C sharp, E: soft, and heard by ears that have lost the high notes. */
const NOTES = [440, 554.37, 659.25];
const LOUDNESS = 0.22;
const PLAYED_MS = (STEP * (NOTES.length - 1) + RING) * 1000 + 100;

/** Three soft notes on the chosen speaker. Resolves when they have rung; never rejects. */
export async function playNotes(speaker: string | undefined): Promise<void> {
  const context = new AudioContext();
  try {
    if (speaker && 'setSinkId' in context)
      await (context as AudioContext & { setSinkId(id: string): Promise<void> }).setSinkId(speaker);
  } catch {
    // That speaker is not there any more: the usual one takes its place.
  }
  void context.resume().catch(() => undefined);
  NOTES.forEach((frequency, i) => ring(context, frequency, context.currentTime + 0.05 + i * STEP));
  await new Promise((resolve) => setTimeout(resolve, PLAYED_MS));
  void context.close().catch(() => undefined);
}

function ring(context: AudioContext, frequency: number, at: number): void {
  const note = new OscillatorNode(context, { type: 'triangle', frequency });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.03);
  gain.gain.exponentialRampToValueAtTime(0.001, at + RING);
  note.connect(gain).connect(context.destination);
  note.start(at);
  note.stop(at + RING);
}
