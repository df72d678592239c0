import type { ProducerOptions } from 'mediasoup-client/types';
import type { MediaSource } from '@relais/protocol';
import { unreachable } from '@relais/kit';

/**
 * What is asked of a camera. 640 × 360 fills a tile of a grid and a phone's screen, and costs a quarter of 720p in
 * upload and computing, which is what people on a rural line or an old laptop lack.
 */
export const CAMERA_CAPTURE = {
  width: { ideal: 640 },
  height: { ideal: 360 },
  frameRate: { ideal: 24, max: 30 },
} as const;

/** One's own echo, the room's noise and the distance to the microphone are the browser's to mend. */
export const MICROPHONE_CAPTURE = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: 1,
} as const;

/**
 * A page that scrolls reads well at ten images a second; sharpness matters more than movement. The whole computer's
 * sound is not offered, nor this page itself: the others' voices would come back to them.
 */
export const SCREEN_CAPTURE: DisplayMediaStreamOptions & {
  systemAudio: 'exclude';
  selfBrowserSurface: 'exclude';
  surfaceSwitching: 'include';
} = {
  systemAudio: 'exclude',
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
  video: { frameRate: { ideal: 10, max: 15 }, width: { max: 1920 }, height: { max: 1080 } },
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
};

/** The simulcast layers of a camera, smallest first: width in pixels of a 640-pixel capture, bit/s at most. */
export const CAMERA_LAYERS = [
  { width: 320, scaleResolutionDownBy: 2, maxBitrate: 150_000 },
  { width: 640, scaleResolutionDownBy: 1, maxBitrate: 600_000 },
] as const;

/**
 * How each source is encoded. Two layers for a camera, not three: Chromium 156 sends only the two lowest of three
 * layers from a picture smaller than 960 × 540 (measured: the third stayed at 0 bytes), so that a third would cost
 * everyone the sharp picture. Sound is told to the network as the more important, for routers that heed it.
 */
export function sendingOptions(source: MediaSource): ProducerOptions {
  switch (source) {
    case 'microphone':
      return {
        encodings: [{ maxBitrate: 40_000, priority: 'high', networkPriority: 'high' }],
        codecOptions: {
          opusStereo: false,
          opusFec: true,
          opusDtx: true,
          // A packet lost on the way up is asked for again by the media node.
          opusNack: true,
          opusMaxAverageBitrate: 32_000,
        },
      };
    case 'screenAudio':
      return {
        encodings: [{ maxBitrate: 96_000, priority: 'high', networkPriority: 'high' }],
        codecOptions: { opusStereo: true, opusFec: true, opusDtx: false, opusMaxAverageBitrate: 64_000 },
      };
    case 'camera':
      return {
        encodings: CAMERA_LAYERS.map(({ scaleResolutionDownBy, maxBitrate }) => ({
          scaleResolutionDownBy,
          maxBitrate,
        })),
        codecOptions: { videoGoogleStartBitrate: 400 },
      };
    case 'screen':
      return {
        encodings: [{ maxBitrate: 1_500_000, maxFramerate: 15 }],
        codecOptions: { videoGoogleStartBitrate: 800 },
      };
    default:
      return unreachable(source);
  }
}
