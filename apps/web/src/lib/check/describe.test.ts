import { expect, it } from 'vitest';
import { frCheck } from '../i18n/fr-check.ts';
import { problems } from '../i18n/fr-devices.ts';
import { describe as say } from './describe.ts';
import { asText, figuresOf } from './figures.ts';

const line = (change: object) =>
  say(
    'line',
    { of: 'line', line: { lossUp: 0, lossDown: 0, roundTripMs: 40, jitterMs: 4, ...change } },
    frCheck,
    problems,
  ).state;

it('a microphone that was refused is to be mended, and says how', () => {
  const refused = say(
    'microphone',
    { of: 'device', outcome: 'fails', problem: 'refused' },
    frCheck,
    problems,
  );
  expect(refused).toEqual({
    state: 'bad',
    said: problems.microphone.refused.what,
    todo: problems.microphone.refused.todo,
  });
});

it('a camera that fails is something to know: one takes part without', () => {
  expect(
    say('camera', { of: 'device', outcome: 'fails', problem: 'still' }, frCheck, problems),
  ).toMatchObject({ state: 'warning', said: frCheck.said.cameraStill.what });
});

it('a path that is blocked is no failure by itself', () => {
  expect(say('udp', { of: 'path', outcome: 'blocked' }, frCheck, problems).state).toBe('warning');
  expect(say('relay', { of: 'path', outcome: 'none' }, frCheck, problems).state).toBe('skipped');
});

it('a line is steady, fair, poor or too poor', () => {
  expect(line({})).toBe('good');
  expect(line({ roundTripMs: 600 })).toBe('warning');
  expect(line({ lossDown: 0.2 })).toBe('warning');
  expect(line({ lossUp: 0.5 })).toBe('bad');
});

it('300 kbit/s are enough to send pictures and not to receive them', () => {
  const speed = (part: 'up' | 'down', kbps?: number) =>
    say(part, { of: 'speed', kbps }, frCheck, problems).state;
  expect([speed('up', 300), speed('down', 300), speed('up', 30), speed('up')]).toEqual([
    'good',
    'warning',
    'bad',
    'skipped',
  ]);
});

it('figures are in the reader’s numbers, one a line', () => {
  const text = asText(
    figuresOf(
      {
        microphone: 'works',
        speaker: 'works',
        camera: 'skipped',
        browser: true,
        server: true,
        paths: { udp: 'blocked', tcp: 'open', relay: 'none' },
        line: { lossUp: 0.015, lossDown: 0, roundTripMs: 612.4, jitterMs: 8 },
        downKbps: 2340,
      },
      frCheck,
      'fr-CA',
    ),
  );
  expect(text).toContain('Chemin direct (UDP) : bloqué');
  expect(text).toContain('Perte : 1,5 % (envoi), 0 % (réception)');
  expect(text).toContain('Aller-retour : 612 ms');
  expect(text).toContain('Réception : 2,3 Mbit/s');
  expect(text).toContain('Envoi : non mesuré');
});
