import type { PartOutcome } from '@relais/domain';
import type { DeviceProblem } from '../meeting/view-model.ts';
import { capture } from '../media/capture.ts';
import { deviceProblem } from '../media/device-problem.ts';
import { createLevelMeter } from '../media/level-meter.ts';
import { attempt } from '../storage.ts';

/** `still`: the device is there and open, and nothing comes from it. */
export interface DeviceFinding {
  outcome: PartOutcome;
  problem?: DeviceProblem | 'still';
}

/** Milliseconds in which somebody has read what to do and spoken a few words. */
const SPEAK_MS = 15_000;
/** Above a quiet room, and moving: a microphone that hums all the time does not hear a voice. */
const HEARD_LEVEL = 0.2;
const MOVED = 0.12;
/** Milliseconds for the first frames of a camera: some take seconds to wake. */
const FRAMES_MS = 10_000;
const ENOUGH_FRAMES = 5;

interface Given {
  /** Ends it early: the person passes over this part, or leaves. */
  over: AbortSignal;
}

/** Waits until a voice makes the level move. */
export async function checkMicrophone({
  over,
  tell,
}: Given & { tell: (level: number) => void }): Promise<DeviceFinding> {
  const opened = await openDevice('microphone', over);
  if ('outcome' in opened) return opened;
  const { track } = opened;
  let [quietest, loudest] = [1, 0];
  let heard: () => void = () => undefined;
  const hears = new Promise<void>((resolve) => (heard = resolve));
  const meter = createLevelMeter((level) => {
    tell(level);
    quietest = Math.min(quietest, level);
    loudest = Math.max(loudest, level);
    if (loudest >= HEARD_LEVEL && loudest - quietest >= MOVED) heard();
  });
  meter.measure(track);
  const end = await firstOf(hears, SPEAK_MS, over);
  meter.close();
  track.stop();
  tell(0);
  if (end === 'happened') return { outcome: 'works' };
  return end === 'over' ? { outcome: 'skipped' } : { outcome: 'fails', problem: 'still' };
}

/** Waits until frames come that show something. `picture` gets the stream to show. */
export async function checkCamera({
  over,
  picture,
}: Given & { picture: HTMLVideoElement }): Promise<DeviceFinding> {
  const opened = await openDevice('camera', over);
  if ('outcome' in opened) return opened;
  const { track } = opened;
  picture.srcObject = new MediaStream([track]);
  void picture.play().catch(() => undefined);
  const end = await firstOf(frames(picture, over), FRAMES_MS, over);
  picture.srcObject = null;
  track.stop();
  if (end === 'happened') return { outcome: 'works' };
  return end === 'over' ? { outcome: 'skipped' } : { outcome: 'fails', problem: 'still' };
}

/** The one that was chosen for meetings on this computer; no time limit, for the browser may be asking the person. */
async function openDevice(
  kind: 'microphone' | 'camera',
  over: AbortSignal,
): Promise<{ track: MediaStreamTrack } | DeviceFinding> {
  const deviceId = attempt(() => localStorage.getItem(`relais:device:${kind}`)) ?? undefined;
  const pick = { deviceId, exact: false };
  const left = new Promise<'over'>((resolve) => {
    if (over.aborted) resolve('over');
    over.addEventListener('abort', () => resolve('over'), { once: true });
  });
  const asked =
    kind === 'microphone'
      ? capture({ microphone: pick }).then(({ microphone }) => microphone)
      : capture({ camera: pick }).then(({ camera }) => camera);
  try {
    const track = await Promise.race([asked, left]);
    if (track === 'over') {
      void asked.then((late) => late.stop()).catch(() => undefined);
      return { outcome: 'skipped' };
    }
    return { track };
  } catch (error) {
    return { outcome: 'fails', problem: deviceProblem(error, isSecureContext) };
  }
}

async function frames(picture: HTMLVideoElement, over: AbortSignal): Promise<void> {
  for (let seen = 0; seen < ENOUGH_FRAMES && !over.aborted;) {
    await nextFrame(picture);
    if (showsSomething(picture)) seen += 1;
  }
}

/** Old browsers say it only by the time that goes on. */
function nextFrame(picture: HTMLVideoElement): Promise<unknown> {
  return new Promise((resolve) => {
    if ('requestVideoFrameCallback' in picture) picture.requestVideoFrameCallback(resolve);
    else (picture as HTMLVideoElement).addEventListener('timeupdate', resolve, { once: true });
  });
}

/** A lid over the camera gives one colour from edge to edge. */
function showsSomething(picture: HTMLVideoElement): boolean {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [16, 9];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context || picture.videoWidth === 0) return false;
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const greens = Array.from({ length: data.length / 4 }, (_, i) => data[i * 4 + 1] ?? 0);
  return Math.max(...greens) - Math.min(...greens) > 6;
}

function firstOf(
  happening: Promise<void>,
  ms: number,
  over: AbortSignal,
): Promise<'happened' | 'late' | 'over'> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms, 'late');
    const leave = () => end('over');
    over.addEventListener('abort', leave);
    if (over.aborted) leave();
    void happening.then(() => end('happened'));
    function end(how: 'happened' | 'late' | 'over') {
      clearTimeout(timer);
      over.removeEventListener('abort', leave);
      resolve(how);
    }
  });
}
