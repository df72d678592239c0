import { attempt } from '../storage.ts';

/** How somebody waits, so that a page that is loaded anew goes on with it by itself [WAIT-6]. */
export interface WaitingKept {
  name: string;
  microphone: boolean;
  camera: boolean;
}

/** As `didWait` of lib/preview looks for it. */
const KEY = 'relais:waiting';
const ofTab = () => attempt(() => sessionStorage);

/** For the page that comes after this one, in this tab. */
export function keepWaiting(code: string, kept: WaitingKept, tab = ofTab()): void {
  attempt(() => tab?.setItem(KEY, JSON.stringify({ ...kept, code })));
}

/** Once, and of that meeting: who leaves the page does not wait again by opening it. */
export function takeWaiting(code: string, tab = ofTab()): WaitingKept | undefined {
  const text = attempt(() => tab?.getItem(KEY));
  if (!text) return undefined;
  attempt(() => tab?.removeItem(KEY));
  const value = attempt((): unknown => JSON.parse(text));
  if (typeof value !== 'object' || value === null || !('name' in value) || !('code' in value))
    return undefined;
  if (typeof value.name !== 'string' || value.code !== code) return undefined;
  return {
    name: value.name,
    microphone: 'microphone' in value && value.microphone === true,
    camera: 'camera' in value && value.camera === true,
  };
}
