import type { Producer } from 'mediasoup-client/types';
import { describe, expect, it } from 'vitest';
import type { MediaPair } from './media-pair.ts';
import { applyCare, isHeld, NO_CARE, type SendCare } from './send-care.ts';
import { sendLayers } from './tune-sender.ts';

const pair = {} as MediaPair;

/** A producer as mediasoup-client has it, of two layers, and what was changed on it. */
function fake() {
  const rates: (number | undefined)[] = [];
  let encodings = [{ active: true }, { active: true }];
  let writings = 0;
  const rtpSender = {
    getParameters: () => ({ encodings: structuredClone(encodings) }),
    async setParameters(parameters: { encodings: typeof encodings }) {
      writings += 1;
      encodings = parameters.encodings;
    },
  } as unknown as RTCRtpSender;
  const producer = {
    rtpParameters: { mid: '0' },
    rtpSender,
    async setRtpEncodingParameters({ maxBitrate }: { maxBitrate?: number }) {
      rates.push(maxBitrate);
    },
  } as unknown as Producer;
  return {
    producer,
    rtpSender,
    /** The bit/s that the sound was bound to, one after another. */
    rates,
    active: () => encodings.map((one) => one.active),
    writings: () => writings,
  };
}

const care = (more: Partial<SendCare>): SendCare => ({ ...NO_CARE, ...more });

describe('how the line asks one to send', () => {
  it('is 12 kbit/s of sound where it is to be frugal, and 40 again, said only when it changes [LINE-8]', async () => {
    const { producer, rates } = fake();
    for (const microphone of ['full', 'frugal', 'frugal', 'full'] as const)
      await applyCare('microphone', producer, pair, care({ microphone }));
    expect(rates).toEqual([12_000, 40_000]);
  });

  it('is known of each producer by itself: another one begins as every one does', async () => {
    const [one, other] = [fake(), fake()];
    const frugal = care({ microphone: 'frugal' });
    await applyCare('microphone', one.producer, pair, frugal);
    await applyCare('microphone', other.producer, pair, frugal);
    expect(other.rates).toEqual([12_000]);
  });

  it('takes the sharper layer of the camera away, and gives it back [LINE-1]', async () => {
    const { producer, active, writings } = fake();
    await applyCare('camera', producer, pair, care({}));
    expect(writings()).toBe(0);
    await applyCare('camera', producer, pair, care({ ownTopLayer: 0 }));
    expect(active()).toEqual([true, false]);
    await applyCare('camera', producer, pair, care({}));
    expect(active()).toEqual([true, true]);
  });

  it('holds the camera back whole, repetitions too, whatever others take [DEMAND-6]', async () => {
    const { producer, rtpSender, active } = fake();
    await applyCare('camera', producer, pair, care({ ownCamera: false }));
    expect(active()).toEqual([false, false]);
    await sendLayers(rtpSender, { taken: 1 });
    expect(active()).toEqual([false, false]);
    await applyCare('camera', producer, pair, care({ ownTopLayer: 0 }));
    expect(active()).toEqual([true, false]);
  });

  it('is of the camera and the microphone alone: a shared screen is held elsewhere', async () => {
    const { producer, rates, writings } = fake();
    const none = care({ ownCamera: false, ownTopLayer: 0, microphone: 'frugal' });
    for (const source of ['screen', 'screenAudio'] as const) await applyCare(source, producer, pair, none);
    expect([rates, writings()]).toEqual([[], 0]);
    expect(
      (['camera', 'microphone', 'screen', 'screenAudio'] as const).filter((one) => isHeld(one, none)),
    ).toEqual(['camera']);
  });
});
