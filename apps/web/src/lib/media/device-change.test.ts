import { describe, expect, it } from 'vitest';
import { deviceToTake, speakerToUse } from './device-change.ts';

const built = { deviceId: 'built', label: 'Micro intégré' };
const headset = { deviceId: 'headset', label: 'Casque' };
const webcam = { deviceId: 'webcam', label: 'Webcam' };
const system = (label: string) => ({ deviceId: 'default', label: `Par défaut - ${label}` });

describe('a microphone, when devices come and go [PHONE-9]', () => {
  it('follows the system where it says what is set', () => {
    const before = [system('Micro intégré'), built];
    const after = [system('Casque'), built, headset];
    expect(deviceToTake({ before, after, wanted: undefined, inUse: 'default' })).toEqual({
      ...headset,
      why: 'plugged',
    });
    expect(deviceToTake({ before, after, wanted: 'default', inUse: 'built' })?.deviceId).toBe('headset');
  });

  it('stays when something comes that the system does not use', () => {
    const before = [system('Micro intégré'), built];
    const after = [system('Micro intégré'), built, webcam];
    expect(deviceToTake({ before, after, wanted: undefined, inUse: 'default' })).toBe(undefined);
  });

  it('is what was plugged in where the browser does not say what is set', () => {
    expect(
      deviceToTake({ before: [built], after: [built, headset], wanted: undefined, inUse: 'built' }),
    ).toEqual({ ...headset, why: 'plugged' });
  });

  it('stays the one that the person chose, and is that one again when it is back', () => {
    const change = { before: [built], after: [built, headset], inUse: 'built' };
    expect(deviceToTake({ ...change, wanted: 'built' })).toBe(undefined);
    expect(deviceToTake({ ...change, wanted: 'headset' })).toEqual({ ...headset, why: 'back' });
    expect(deviceToTake({ ...change, wanted: 'headset', inUse: 'headset' })).toBe(undefined);
  });

  it('is left to the end of its track when it is the one that went', () => {
    const before = [system('Casque'), built, headset];
    const after = [system('Micro intégré'), built];
    expect(deviceToTake({ before, after, wanted: undefined, inUse: 'headset' })).toBe(undefined);
    // A browser that gives no name but "default" to what it uses may say nothing else.
    expect(deviceToTake({ before, after, wanted: undefined, inUse: 'default' })?.deviceId).toBe('built');
  });

  it('is left alone when something else went, and before the devices have names', () => {
    expect(
      deviceToTake({ before: [built, headset], after: [built], wanted: undefined, inUse: 'built' }),
    ).toBe(undefined);
    expect(deviceToTake({ before: [], after: [built, headset], wanted: undefined, inUse: undefined })).toBe(
      undefined,
    );
  });
});

describe('the speaker [PHONE-9]', () => {
  it('is the one that was chosen while it is there, and the system’s own otherwise', () => {
    expect(speakerToUse('headset', [built, headset])).toBe('headset');
    expect(speakerToUse('headset', [built])).toBe('');
    expect(speakerToUse(undefined, [built])).toBe('');
    expect(speakerToUse('headset', [])).toBe(undefined);
  });
});
