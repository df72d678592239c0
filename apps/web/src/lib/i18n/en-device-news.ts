import type { DeviceNews } from '../meeting/view-model.ts';
import type { DeviceNewsWords } from './fr-device-news.ts';

const used: Record<DeviceNews['device'], string> = {
  microphone: 'The microphone in use is now',
  camera: 'The camera in use is now',
  speaker: 'The sound now comes from',
};

const use: Record<DeviceNews['device'], string> = {
  microphone: 'it is your microphone',
  camera: 'it is your camera',
  speaker: 'the sound comes from it',
};

export const enDeviceNews: DeviceNewsWords = {
  plugged: (device, now) => `${used[device]}: ${now}.`,
  back: (device, now) => `${now} is back: ${use[device]}.`,
  gone: (device, was, now) =>
    now
      ? `${was || 'The device'} is no longer there. ${used[device]}: ${now}.`
      : `${was || 'The device'} is no longer there: the sound goes where this device usually plays it.`,
  interrupted:
    'A call, another app or the device itself has silenced your microphone: nobody hears you. It will come back by itself.',
  resumed: 'Your microphone is back: you can be heard again.',
};
