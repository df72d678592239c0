import type { DeviceChoice } from '../meeting/view-model.ts';

/** Entries of a browser's list that are no device of their own: what the system has set to be used. */
const SYSTEMS_OWN = new Set(['', 'default', 'communications']);

/** Whether that is a device, or whatever the system has set. */
export const isDevice = (deviceId: string | undefined): deviceId is string =>
  deviceId !== undefined && !SYSTEMS_OWN.has(deviceId);

export interface DeviceChange {
  before: readonly DeviceChoice[];
  after: readonly DeviceChoice[];
  /** What the person chose; undefined: whatever the system has set. */
  wanted: string | undefined;
  inUse: string | undefined;
}

/** Another device to use from now on, and why. */
export interface Taking extends DeviceChoice {
  why: 'plugged' | 'back';
}

/**
 * [PHONE-9] What follows for a microphone from devices that came or went. Somebody who chose one gets it back when it is there
 * again; somebody who did not follows the system: what it has newly set, or, where a browser does not tell what is set, what was
 * plugged in last. What is unplugged while in use ends its track, and is not seen to here. Pure.
 */
export function deviceToTake({ before, after, wanted, inUse }: DeviceChange): Taking | undefined {
  // Its track ends with it, which is seen to where the track is.
  if (isDevice(inUse) && has(before, inUse) && !has(after, inUse)) return undefined;
  // Nameless until the first permission: nothing can be told of what came.
  if (before.length === 0) return undefined;
  const came = after.filter(({ deviceId }) => isDevice(deviceId) && !has(before, deviceId));
  if (isDevice(wanted)) {
    const back = inUse === wanted ? undefined : came.find(({ deviceId }) => deviceId === wanted);
    return back && { ...back, why: 'back' };
  }
  const set = systemsOwn(after);
  const taken = set ? (set.label === systemsOwn(before)?.label ? undefined : behind(set, after)) : came[0];
  return taken && taken.deviceId !== inUse ? { ...taken, why: 'plugged' } : undefined;
}

const has = (choices: readonly DeviceChoice[], id: string) => choices.some(({ deviceId }) => deviceId === id);

const systemsOwn = (choices: readonly DeviceChoice[]) =>
  choices.find(({ deviceId }) => deviceId === 'default');

/** Browsers name what is set after the device: "Par défaut - Casque". */
const behind = (set: DeviceChoice, choices: readonly DeviceChoice[]) =>
  choices.find(({ deviceId, label }) => isDevice(deviceId) && set.label.endsWith(label));

/**
 * [PHONE-9] Where sound is to be played: on what the person chose while it is there, else where the system says (''). Undefined:
 * the list says nothing. Pure.
 */
export function speakerToUse(
  wanted: string | undefined,
  choices: readonly DeviceChoice[],
): string | undefined {
  if (choices.length === 0) return undefined;
  return isDevice(wanted) && has(choices, wanted) ? wanted : '';
}
