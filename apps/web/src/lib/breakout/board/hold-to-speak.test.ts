import { expect, test, vi } from 'vitest';
import type { DeviceView } from '#lib/meeting/view-model.ts';
import { HoldToSpeak } from './hold-to-speak.svelte.ts';

// Runes are plain fields here: what is tested is what happens in which order, not what is drawn.
vi.hoisted(() => {
  Object.assign(globalThis, { $state: { raw: (value: unknown) => value } });
});

function rig(before: DeviceView['state'], answers: boolean[] = []) {
  const asked: boolean[] = [];
  const pending: ((ok: boolean) => void)[] = [];
  const microphone = {
    state: before,
    async toggle() {
      this.state = this.state === 'on' || this.state === 'starting' ? 'muted' : 'on';
    },
  };
  const hold = new HoldToSpeak({
    ask: (on) => {
      asked.push(on);
      const answer = answers.shift();
      return answer === undefined ? new Promise((resolve) => pending.push(resolve)) : Promise.resolve(answer);
    },
    isOn: () => true,
    microphone,
    rest: () => Promise.resolve(),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { hold, asked, microphone, settle, answer: (ok: boolean) => pending.shift()?.(ok) };
}

test('[VOICE-4] a muted microphone is open while it is held, and muted again', async () => {
  const { hold, asked, microphone, settle } = rig('muted', [true, true]);
  hold.hold();
  await settle();
  expect([hold.held, microphone.state, asked]).toEqual([true, 'on', [true]]);
  hold.release();
  await settle();
  expect([hold.held, microphone.state, asked]).toEqual([false, 'muted', [true, false]]);
});

test('[VOICE-4] one that was open stays open, and one that was muted meanwhile stays muted', async () => {
  const open = rig('on', [true, true]);
  open.hold.hold();
  open.hold.release();
  expect(open.microphone.state).toBe('on');
  const muted = rig('muted', [true, true]);
  muted.hold.hold();
  await muted.microphone.toggle();
  muted.hold.release();
  expect(muted.microphone.state).toBe('muted');
});

test('[VOICE-2] a short press ends after it has begun, and one that never began is not begun', async () => {
  const { hold, asked, settle, answer } = rig('on');
  hold.hold();
  await settle();
  hold.release();
  await settle();
  expect(asked, 'its beginning is not answered yet').toEqual([true]);
  hold.hold();
  hold.release();
  for (let i = 0; i < 8; i += 1) {
    answer(true);
    await settle();
  }
  expect(asked, 'held and let go of while that waited').toEqual([true, false, false]);
});

test('[VOICE-2] an end that does not get through is said again', async () => {
  const { hold, asked, settle } = rig('on', [true, false, false, true]);
  hold.hold();
  await settle();
  hold.release();
  for (let i = 0; i < 4; i += 1) await settle();
  expect(asked).toEqual([true, false, false, false]);
});

test('[VOICE-4] what is refused is said, and the microphone is as it was', async () => {
  const { hold, microphone, settle } = rig('muted', [false]);
  hold.hold();
  await settle();
  expect([hold.held, hold.failed, microphone.state]).toEqual([false, true, 'muted']);
});
