import { describe, expect, it, vi } from 'vitest';
import { sendLayers, tuneSender } from './tune-sender.ts';

/** As a browser's: what was read is good for one writing, and for none once another has come between. */
function fakeSender(layers: number) {
  let encodings = Array.from({ length: layers }, () => ({ active: true, maxBitrate: 100 }));
  let transaction = 0;
  let written = 0;
  let isSilent = false;
  let refusals = 0;
  const sender = {
    getParameters: () => ({ transactionId: `${++transaction}`, encodings: structuredClone(encodings) }),
    async setParameters(parameters: { transactionId: string; encodings: typeof encodings }) {
      if (parameters.transactionId !== `${transaction}`) throw new Error('InvalidStateError');
      if (refusals > 0) {
        refusals -= 1;
        throw new Error('InvalidStateError');
      }
      await Promise.resolve();
      encodings = parameters.encodings;
      written += 1;
      if (isSilent) await new Promise(() => undefined);
    },
  } as unknown as RTCRtpSender;
  return {
    sender,
    encodings: () => encodings,
    written: () => written,
    /** What is written from now on is done, and never said to be. */
    leaveUnanswered: () => (isSilent = true),
    refuse: (times: number) => (refusals = times),
  };
}

const active = ({ encodings }: ReturnType<typeof fakeSender>) => encodings().map((one) => one.active);

describe('the layers that are sent', () => {
  it('are those up to the best that anybody takes, none when nobody takes any [DEMAND-1]', async () => {
    const fake = fakeSender(2);
    await sendLayers(fake.sender, { taken: 0 });
    expect(active(fake)).toEqual([true, false]);
    await sendLayers(fake.sender, { taken: null });
    expect(active(fake)).toEqual([false, false]);
    await sendLayers(fake.sender, { taken: 7 });
    expect(active(fake)).toEqual([true, true]);
  });

  it('are bound by what is taken and by the line, whichever is said first or last [DEMAND-1] [LINE-1]', async () => {
    const fake = fakeSender(2);
    await sendLayers(fake.sender, { taken: 0 });
    await sendLayers(fake.sender, { line: 1 });
    expect(active(fake)).toEqual([true, false]);
    await sendLayers(fake.sender, { line: 0 });
    await sendLayers(fake.sender, { taken: 1 });
    expect(active(fake)).toEqual([true, false]);
    await sendLayers(fake.sender, { taken: null });
    await sendLayers(fake.sender, { line: 1 });
    expect(active(fake)).toEqual([false, false]);
    await sendLayers(fake.sender, { taken: 1 });
    expect(active(fake)).toEqual([true, true]);
  });

  it('are taken up again though the browser never answers that they were stopped [DEMAND-1]', async () => {
    vi.useFakeTimers();
    try {
      const fake = fakeSender(2);
      fake.leaveUnanswered();
      void sendLayers(fake.sender, { taken: null });
      const again = sendLayers(fake.sender, { taken: 0 });
      await vi.advanceTimersByTimeAsync(1000);
      await again;
      expect(active(fake)).toEqual([true, false]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are written again when an answer to the former came between reading and writing', async () => {
    const fake = fakeSender(2);
    fake.refuse(1);
    await sendLayers(fake.sender, { taken: 0 });
    expect(active(fake)).toEqual([true, false]);
  });

  it('are asked for again of a browser that refuses, until they are as they were said last [DEMAND-5]', async () => {
    vi.useFakeTimers();
    try {
      const fake = fakeSender(2);
      await sendLayers(fake.sender, { taken: null });
      fake.refuse(7);
      const begun = sendLayers(fake.sender, { taken: 0 });
      await vi.advanceTimersByTimeAsync(600);
      expect(active(fake)).toEqual([false, false]);
      const more = sendLayers(fake.sender, { taken: 1 });
      await vi.advanceTimersByTimeAsync(8000);
      await Promise.all([begun, more]);
      expect(active(fake)).toEqual([true, true]);
      fake.refuse(1000);
      const refused = expect(sendLayers(fake.sender, { taken: null })).rejects.toThrow('InvalidStateError');
      await vi.advanceTimersByTimeAsync(60_000);
      await refused;
    } finally {
      vi.useRealTimers();
    }
  });

  it('are none while the line has no room for the camera, and those that are taken once it has [DEMAND-6]', async () => {
    const fake = fakeSender(2);
    await sendLayers(fake.sender, { line: -1 });
    await sendLayers(fake.sender, { taken: 1 });
    expect(active(fake)).toEqual([false, false]);
    await sendLayers(fake.sender, { line: 0 });
    expect(active(fake)).toEqual([true, false]);
  });

  it('are written only when they differ', async () => {
    const fake = fakeSender(2);
    await sendLayers(fake.sender, { taken: 1 });
    expect(fake.written()).toBe(0);
  });

  it('are changed one after another, whoever else tunes the same sender', async () => {
    const fake = fakeSender(2);
    await Promise.all([
      sendLayers(fake.sender, { taken: 0 }),
      tuneSender(fake.sender, ({ encodings }) => {
        for (const encoding of encodings) encoding.maxBitrate = 50;
        return true;
      }),
      sendLayers(fake.sender, { taken: null }),
    ]);
    expect(fake.encodings()).toEqual(Array(2).fill({ active: false, maxBitrate: 50 }));
  });

  it('can be changed after a change that was refused', async () => {
    const fake = fakeSender(2);
    const refused = tuneSender(fake.sender, () => {
      throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    await sendLayers(fake.sender, { taken: 0 });
    expect(active(fake)).toEqual([true, false]);
  });
});
