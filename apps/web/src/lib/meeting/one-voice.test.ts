import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OneVoice } from './one-voice.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what is said at once is heard in one breath, each thing once, also what was true before the voice was there', () => {
  const heard: string[] = [];
  const voice = new OneVoice((text) => heard.push(text));
  voice.say('Vous êtes dans la salle Logement.');
  voice.say('');
  voice.say('Main levée : Ana.');
  voice.say('Main levée : Ana.');
  vi.advanceTimersByTime(500);
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(600);
  expect(heard).toEqual(['Vous êtes dans la salle Logement. Main levée : Ana.']);
  voice.say('Il reste une minute.');
  vi.advanceTimersByTime(250);
  expect(heard.at(-1)).toBe('Il reste une minute.');
});

test('a voice that is closed says nothing any more', () => {
  const heard: string[] = [];
  const voice = new OneVoice((text) => heard.push(text));
  voice.say('Trop tard.');
  voice.close();
  vi.advanceTimersByTime(5000);
  expect(heard).toEqual([]);
});
