import { GREY_WIDTH, type GreyPicture } from '@relais/domain';
import type { EncodedStill, ScreenLook } from './still-sender.ts';

/** Wide enough for a page of text at its own size; what is wider is drawn smaller. */
const WIDEST = 1280;
/** Bytes that an image is to take: a full page of text fits, read at ease (234 words took 35,372 bytes: stills.e2e.ts). */
const BUDGET = 48_000;
const THIN_BUDGET = 28_000;
/** Tried one after another until one fits: quality is given up before size, which text bears longer. */
const ENCODINGS = [
  { scale: 1, quality: 0.75 },
  { scale: 1, quality: 0.5 },
  { scale: 1, quality: 0.3 },
  { scale: 1, quality: 0.15 },
  { scale: 0.75, quality: 0.2 },
  { scale: 0.5, quality: 0.2 },
] as const;
/** Milliseconds: a screen on which nothing moves gives a picture when it is asked for one. */
const GRAB_TIMEOUT = 3000;

interface Frame {
  source: CanvasImageSource;
  width: number;
  height: number;
  done(): void;
}

export interface ScreenWatch {
  look(): Promise<ScreenLook | undefined>;
  close(): void;
}

/** Looks at a screen that this browser shares; `isThin`: its own line is, and images are to be small. */
export function watchScreen(track: MediaStreamTrack, isThin: () => boolean): ScreenWatch {
  const grabber = createGrabber(track);
  const canvas = document.createElement('canvas');
  const small = document.createElement('canvas');
  /** The encoding that fitted last; the next begins one better. */
  let fitted = 0;

  async function look(): Promise<ScreenLook | undefined> {
    const frame = await grabber.grab();
    if (!frame) return undefined;
    const scale = Math.min(1, WIDEST / frame.width);
    draw(canvas, frame.source, frame.width * scale, frame.height * scale);
    frame.done();
    const grey = greyOf(small, canvas);
    return grey && { grey, encode };
  }

  async function encode(): Promise<EncodedStill | undefined> {
    const budget = isThin() ? THIN_BUDGET : BUDGET;
    for (let at = Math.max(0, fitted - 1); at < ENCODINGS.length; at += 1) {
      const encoding = ENCODINGS[at];
      const made = encoding && (await encodeAt(canvas, encoding));
      if (!made || made.content.byteLength > budget) continue;
      fitted = at;
      return made;
    }
    return undefined;
  }

  return { look, close: () => grabber.close() };
}

function draw(canvas: HTMLCanvasElement, source: CanvasImageSource, width: number, height: number) {
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return undefined;
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context;
}

function greyOf(small: HTMLCanvasElement, canvas: HTMLCanvasElement): GreyPicture | undefined {
  const scale = GREY_WIDTH / canvas.width;
  const { width, height } = { width: GREY_WIDTH, height: Math.max(1, Math.round(canvas.height * scale)) };
  const data = draw(small, canvas, width, height)?.getImageData(0, 0, width, height).data;
  if (!data) return undefined;
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i += 1) {
    pixels[i] = ((data[i * 4] ?? 0) * 77 + (data[i * 4 + 1] ?? 0) * 150 + (data[i * 4 + 2] ?? 0) * 29) >> 8;
  }
  return { width, height, pixels };
}

async function encodeAt(
  canvas: HTMLCanvasElement,
  { scale, quality }: { scale: number; quality: number },
): Promise<EncodedStill | undefined> {
  let from = canvas;
  if (scale !== 1) {
    from = document.createElement('canvas');
    draw(from, canvas, canvas.width * scale, canvas.height * scale);
  }
  const webp = await toBlob(from, 'image/webp', quality);
  // Safari makes a PNG of what it cannot make.
  const blob = webp?.type === 'image/webp' ? webp : await toBlob(from, 'image/jpeg', quality);
  if (blob?.type !== 'image/webp' && blob?.type !== 'image/jpeg') return undefined;
  return { type: blob.type, content: new Uint8Array(await blob.arrayBuffer()) };
}

const toBlob = (canvas: HTMLCanvasElement, type: string, quality: number) =>
  new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));

/** `ImageCapture` gives pictures also while this tab lies behind the one that is shared; not every browser has it. */
function createGrabber(track: MediaStreamTrack): { grab(): Promise<Frame | undefined>; close(): void } {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  void video.play().catch(() => undefined);

  async function grabbed(): Promise<Frame | undefined> {
    const Capture = (window as { ImageCapture?: ImageCaptureConstructor }).ImageCapture;
    if (!Capture || track.readyState === 'ended') return undefined;
    const bitmap = await Promise.race([new Capture(track).grabFrame().catch(() => undefined), tooLate()]);
    if (!bitmap) return undefined;
    return { source: bitmap, width: bitmap.width, height: bitmap.height, done: () => bitmap.close() };
  }

  function played(): Frame | undefined {
    const { videoWidth: width, videoHeight: height } = video;
    return width > 0 && video.readyState >= 2 ? { source: video, width, height, done() {} } : undefined;
  }

  return {
    grab: async () => (await grabbed()) ?? played(),
    close() {
      video.srcObject = null;
    },
  };
}

/** As its specification has it; TypeScript's own library lacks it. */
type ImageCaptureConstructor = new (track: MediaStreamTrack) => { grabFrame(): Promise<ImageBitmap> };

const tooLate = () => new Promise<undefined>((resolve) => setTimeout(resolve, GRAB_TIMEOUT));
