import type { Producer } from 'mediasoup-client/types';
import type { LineLimits, MicrophoneProfile } from '@relais/domain';
import { unreachable } from '@relais/kit';
import type { MediaSource } from '@relais/protocol';
import type { MediaPair } from './media-pair.ts';
import { setSoundRate, type PacketTime } from './packet-time.ts';
import { sendLayers } from './tune-sender.ts';

/** How the line asks one to send [LINE-1, LINE-8]. */
export interface SendCare extends Pick<LineLimits, 'ownCamera' | 'ownTopLayer'> {
  microphone: MicrophoneProfile;
  /** A microphone into which nobody speaks is shut [LINE-10]: from when what joining needs is here. */
  shutsSilence: boolean;
}

export const NO_CARE: SendCare = { ownCamera: true, ownTopLayer: 1, microphone: 'full', shutsSilence: false };

/**
 * Frugal: 12 kbit/s in packets of 60 ms are 23 kbit/s on the wire with all headers, against 60 of the full one. Speech
 * stays as good as on a telephone: Opus codes it whole (8 kHz wide) from about 12 kbit/s on (RFC 7587, section 3.1.1).
 */
export const SOUND_RATES: Record<MicrophoneProfile, { packetTime: PacketTime; maxBitrate: number }> = {
  full: { packetTime: 20, maxBitrate: 40_000 },
  frugal: { packetTime: 60, maxBitrate: 12_000 },
};

/** What a producer was last made to be like; a new one is as `sendingOptions` says. */
const applied = new WeakMap<Producer, SendCare>();

/** Makes one producer send as the line asks. */
export async function applyCare(
  source: MediaSource,
  producer: Producer,
  pair: MediaPair,
  care: SendCare,
): Promise<void> {
  const before = applied.get(producer) ?? NO_CARE;
  applied.set(producer, care);
  switch (source) {
    case 'microphone':
      if (before.microphone !== care.microphone)
        await setSoundRate(pair.send, producer, SOUND_RATES[care.microphone]);
      return;
    case 'camera':
      if (lineBound(before) !== lineBound(care) && producer.rtpSender)
        await sendLayers(producer.rtpSender, { line: lineBound(care) });
      return;
    case 'screen':
    case 'screenAudio':
      return;
    default:
      return unreachable(source);
  }
}

/** Whether the line holds this source back: it stays open, and no packet of it leaves. */
export const isHeld = (source: MediaSource, { ownCamera }: SendCare) => source === 'camera' && !ownCamera;

/** [DEMAND-6] What is held back is not filled up with repetitions either, by which a browser looks for room. */
const lineBound = (care: SendCare) => (isHeld('camera', care) ? -1 : care.ownTopLayer);
