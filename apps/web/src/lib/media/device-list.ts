import type { DeviceChoice } from '../meeting/view-model.ts';

/** The devices of each kind that this browser lets us see: nameless until the person has allowed one. */
export type DeviceLists = Readonly<Record<MediaDeviceKind, readonly DeviceChoice[]>>;

export const NO_DEVICES: DeviceLists = { audioinput: [], videoinput: [], audiooutput: [] };

/** Groups what the browser lists; those without an id or a name are hidden from us and no choice. */
export function deviceLists(
  devices: readonly Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label'>[],
): DeviceLists {
  const of = (kind: MediaDeviceKind) =>
    devices
      .filter((device) => device.kind === kind && device.deviceId !== '' && device.label !== '')
      .map(({ deviceId, label }) => ({ deviceId, label }));
  return { audioinput: of('audioinput'), videoinput: of('videoinput'), audiooutput: of('audiooutput') };
}
