import type { DeviceNews } from '../meeting/view-model.ts';

type Device = DeviceNews['device'];

const used: Record<Device, string> = {
  microphone: 'Le micro utilisé est maintenant',
  camera: 'La caméra utilisée est maintenant',
  speaker: 'Le son sort maintenant de',
};

const use: Record<Device, string> = {
  microphone: 'c’est votre micro',
  camera: 'c’est votre caméra',
  speaker: 'le son en sort',
};

/** What became of a microphone, a camera or a speaker by itself [PHONE-9]. */
export const frDeviceNews = {
  plugged: (device: Device, now: string) => `${used[device]} : ${now}.`,
  back: (device: Device, now: string) => `${now} est de nouveau là : ${use[device]}.`,
  gone: (device: Device, was: string, now: string) =>
    now
      ? `${was || 'L’appareil'} n’est plus là. ${used[device]} : ${now}.`
      : `${was || 'L’appareil'} n’est plus là : le son passe par ce que l’appareil utilise d’habitude.`,
  interrupted:
    'Un appel, une autre application ou l’appareil lui-même a coupé votre micro : on ne vous entend pas. Il reviendra de lui-même.',
  resumed: 'Votre micro est revenu : on vous entend de nouveau.',
};

export type DeviceNewsWords = typeof frDeviceNews;
