import { CAMERA_CAPTURE, MICROPHONE_CAPTURE } from './sending-options.ts';

export type CaptureKind = 'microphone' | 'camera';

/** Which device: `exact` is that one and no other (an OverconstrainedError if it is gone), else it is preferred. */
export interface Pick {
  deviceId: string | undefined;
  exact: boolean;
}

/**
 * Opens a microphone, a camera, or both with one question from the browser. No time limit: it may be asking the
 * person.
 */
export async function capture<K extends CaptureKind>(
  picks: Readonly<Record<K, Pick>>,
): Promise<Record<K, MediaStreamTrack>>;
export async function capture(
  picks: Readonly<Partial<Record<CaptureKind, Pick>>>,
): Promise<Partial<Record<CaptureKind, MediaStreamTrack>>> {
  const { microphone: sound, camera: picture } = picks;
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: sound ? { ...MICROPHONE_CAPTURE, ...deviceOf(sound) } : false,
    video: picture ? { ...CAMERA_CAPTURE, ...deviceOf(picture) } : false,
  });
  const [microphone] = stream.getAudioTracks();
  const [camera] = stream.getVideoTracks();
  if ((sound && !microphone) || (picture && !camera)) throw new DOMException('No track', 'NotFoundError');
  if (microphone) microphone.contentHint = 'speech';
  if (camera) camera.contentHint = 'motion';
  return { ...(microphone && { microphone }), ...(camera && { camera }) };
}

function deviceOf({ deviceId, exact }: Pick): MediaTrackConstraints {
  if (!deviceId) return {};
  return { deviceId: exact ? { exact: deviceId } : { ideal: deviceId } };
}
