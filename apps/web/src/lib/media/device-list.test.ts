import { describe, expect, it } from 'vitest';
import { deviceLists } from './device-list.ts';

describe('the devices to choose from', () => {
  it('are grouped by kind, without those that the browser hides', () => {
    const lists = deviceLists([
      { kind: 'audioinput', deviceId: 'm1', label: 'Micro' },
      { kind: 'audioinput', deviceId: '', label: '' },
      { kind: 'audiooutput', deviceId: 's1', label: 'Casque' },
    ]);
    expect(lists.audioinput).toEqual([{ deviceId: 'm1', label: 'Micro' }]);
    expect(lists.audiooutput).toEqual([{ deviceId: 's1', label: 'Casque' }]);
    expect(lists.videoinput).toEqual([]);
  });
});
