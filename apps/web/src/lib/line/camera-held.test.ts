import { limitsOf } from '@relais/domain';
import { describe, expect, it } from 'vitest';
import { fr } from '../i18n/fr.ts';
import { cameraWords } from '../meeting/device-words.ts';
import { cameraHeldBy } from './camera-held.ts';

describe('what keeps one’s own camera from being sent [PHONE-6]', () => {
  it('is the choice before the cap, and the cap before the line', () => {
    const thin = limitsOf(4);
    expect(cameraHeldBy({ chosen: 5, cap: 5 }, thin)).toBe('chosen');
    expect(cameraHeldBy({ chosen: 2, cap: 4 }, thin)).toBe('cap');
    expect(cameraHeldBy({ chosen: 2, cap: 3 }, thin)).toBe('line');
    expect(cameraHeldBy({ chosen: 2, cap: 3 }, limitsOf(3))).toBe(undefined);
  });
});

describe('the button of the camera [PHONE-6]', () => {
  const words = (state: 'on' | 'off', held: Parameters<typeof cameraWords>[2]) =>
    cameraWords(fr.bar, { state }, held);

  it('says that it is on pause, and why, while it is open and nothing of it leaves', () => {
    expect(words('on', 'line')).toMatchObject({ label: 'Caméra en pause', pressed: true, busy: false });
    expect(words('on', 'line').title).toContain('Connexion lente');
  });

  it('says that it is closed when the person closed it on a slow line', () => {
    expect(words('off', 'line').label).toBe('Caméra fermée');
  });

  it('says which of choice and cap keeps it closed', () => {
    expect(words('off', 'chosen')).toMatchObject({ label: 'Caméra en pause', pressed: false });
    expect(words('off', 'cap').title).toContain('Limite de données');
  });
});
