import worklet from './silence-worklet.ts?worker&url';

let context: AudioContext | undefined;
let loading: Promise<void> | undefined;
/** Tracks that are listened to now. */
let heard = 0;

/** Puts what is needed into the browser's cache. */
export async function fetchWorklet(): Promise<void> {
  await fetch(worklet).catch(() => undefined);
}

/**
 * Tells whether this track is silent, at once when that changes and twice a second besides, until the returned function is
 * called. Rejects where the browser has no worklets.
 */
export async function hearSilence(
  track: MediaStreamTrack,
  tell: (isSilent: boolean) => void,
): Promise<() => void> {
  context ??= new AudioContext();
  const on = context;
  loading ??= on.audioWorklet.addModule(worklet);
  await loading.catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  heard += 1;
  void on.resume().catch(() => undefined);
  const source = on.createMediaStreamSource(new MediaStream([track]));
  const node = new AudioWorkletNode(on, 'silence', { numberOfOutputs: 0 });
  node.port.onmessage = ({ data }: MessageEvent<boolean>) => tell(data);
  source.connect(node);
  return () => {
    node.port.onmessage = null;
    source.disconnect();
    heard -= 1;
    if (heard === 0) void on.suspend().catch(() => undefined);
  };
}
