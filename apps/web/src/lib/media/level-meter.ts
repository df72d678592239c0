import { decibelsOf, levelFromDecibels } from './level.ts';

export interface LevelMeter {
  /** Measures this track from now on; undefined: nothing. */
  measure(track: MediaStreamTrack | undefined): void;
  /** After a gesture: a browser may have held the measuring back until one. */
  wake(): void;
  close(): void;
}

/** Milliseconds between two measures: quick enough for the eye, ten wakings a second for the battery. */
const TICK = 100;
/** How much of a level is left at the next measure when the voice stops. */
const DECAY = 0.7;

/** Tells how loud a microphone is, 0 to 1; works only while there is something to hear and somebody to see it. */
export function createLevelMeter(tell: (level: number) => void): LevelMeter {
  let context: AudioContext | undefined;
  let source: MediaStreamAudioSourceNode | undefined;
  let analyser: AnalyserNode | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  let level = 0;
  // 2048 samples are 43 ms at 48 kHz: half of each tick is heard.
  const samples = new Float32Array(2048);

  function tick(): void {
    if (!analyser) return;
    analyser.getFloatTimeDomainData(samples);
    const next = Math.max(levelFromDecibels(decibelsOf(samples)), level * DECAY);
    level = next < 0.01 ? 0 : next;
    tell(level);
  }

  function run(): void {
    clearInterval(timer);
    timer = source && !document.hidden ? setInterval(tick, TICK) : undefined;
    if (timer === undefined && level !== 0) tell((level = 0));
  }

  document.addEventListener('visibilitychange', run);
  return {
    measure(track) {
      source?.disconnect();
      source = undefined;
      if (track) {
        context ??= new AudioContext({ latencyHint: 'playback' });
        analyser ??= new AnalyserNode(context, { fftSize: samples.length });
        source = context.createMediaStreamSource(new MediaStream([track]));
        source.connect(analyser);
        if (context.state === 'suspended') void context.resume().catch(() => undefined);
      } else {
        void context?.suspend().catch(() => undefined);
      }
      run();
    },
    wake: () => void (source && context?.resume().catch(() => undefined)),
    close() {
      document.removeEventListener('visibilitychange', run);
      clearInterval(timer);
      source?.disconnect();
      void context?.close().catch(() => undefined);
    },
  };
}
