/** Hears a track, and tells whether it is silent: see hear-silence.ts. Answers how to stop. */
export type HearSilence = (track: MediaStreamTrack, tell: (isSilent: boolean) => void) => Promise<() => void>;

/** Sends nothing at all of a microphone while nobody speaks into it [LINE-10]. */
export interface SilenceGate {
  /**
   * The track to be sent in the place of this one: a copy of it, silent to the last bit while it has nothing to say. `patient`:
   * once somebody has spoken, the codec's own way with pauses is smoother; until a minute has passed without a voice.
   */
  of(track: MediaStreamTrack, patient: boolean): MediaStreamTrack;
  /** No copy is sent any more. */
  close(): void;
}

/** Makes whoever sends this copy stop, or begin again; told again and again, it does nothing that is done already. */
export type StopSending = (copy: MediaStreamTrack, isStopped: boolean) => void;

/** Milliseconds of silence after which not even silence is sent: between two sentences the codec's own way is smoother. */
const STOP_MS = 2000;
/**
 * Milliseconds without a voice for which a patient gate stays open. Opus takes a room's noise for sound again some minutes after it
 * has heard somebody speak, and always before (silence.ts).
 */
const PATIENCE_MS = 60_000;
/** Milliseconds in which it is not known yet whether what is heard is a voice. */
const UNKNOWN_MS = 1500;
/** Milliseconds without a word of who listens after which the copy is open, whatever was said last. */
const UNHEARD_MS = 1500;

/**
 * A track that is not enabled is silence of which the codec sends a packet in 400 ms (DTX; 1.3 kbit/s with all headers), and it
 * is enabled again between one sample and the next; after a while it is not sent at all. What is listened to is the track
 * itself, which belongs to others and is left alone. In doubt the copy is open: nobody may be unheard because something here
 * has failed.
 */
export function createSilenceGate(hear: HearSilence, stopSending: StopSending): SilenceGate {
  let current: { track: MediaStreamTrack; copy: MediaStreamTrack; end: () => void } | undefined;
  let isPatient = false;

  function begin(track: MediaStreamTrack): NonNullable<typeof current> {
    const copy = track.clone();
    copy.enabled = true;
    let toldAt = performance.now();
    const begunAt = performance.now();
    let spokenAt = Number.NEGATIVE_INFINITY;
    let silentSince: number | undefined;
    let isOver = false;
    let deafen: (() => void) | undefined;
    const timer = setInterval(() => {
      if (performance.now() - toldAt > UNHEARD_MS) follow(false);
    }, UNHEARD_MS / 3);
    const follow = (hasNothing: boolean) => {
      const isSilent = hasNothing && !(isPatient && performance.now() - spokenAt < PATIENCE_MS);
      silentSince = isSilent ? (silentSince ?? performance.now()) : undefined;
      if (copy.enabled === isSilent) copy.enabled = !isSilent;
      stopSending(copy, silentSince !== undefined && performance.now() - silentSince >= STOP_MS);
    };
    const tell = (isSilent: boolean) => {
      toldAt = performance.now();
      if (!isSilent && toldAt - begunAt > UNKNOWN_MS) spokenAt = toldAt;
      follow(isSilent);
    };
    hear(track, tell).then(
      (stop) => (isOver ? stop() : (deafen = stop)),
      (error: unknown) => console.error('media: hearing silence', error),
    );
    return {
      track,
      copy,
      end() {
        isOver = true;
        clearInterval(timer);
        deafen?.();
        copy.stop();
      },
    };
  }

  function close(): void {
    current?.end();
    current = undefined;
  }

  return {
    of(track, patient) {
      isPatient = patient;
      if (current?.track === track && current.copy.readyState === 'live') return current.copy;
      close();
      current = begin(track);
      return current.copy;
    },
    close,
  };
}
