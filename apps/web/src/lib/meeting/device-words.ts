import type { Catalogue } from '#lib/i18n/fr.ts';
import type { IconName } from '#lib/ui/icons.ts';
import type { DeviceView } from './view-model.ts';

interface ToggleWords {
  icon: IconName;
  label: string;
  pressed: boolean;
  busy: boolean;
}

/** How the microphone's button says its state: by its icon, its words and whether it is pressed. */
export function microphoneWords(t: Catalogue['bar'], { state }: Pick<DeviceView, 'state'>): ToggleWords {
  const on = state === 'on';
  const label = { on: t.micOn, muted: t.micMuted, off: t.micOff, starting: t.starting }[state];
  return { icon: on ? 'mic' : 'micOff', label, pressed: on, busy: state === 'starting' };
}

/** `held`: the line, or light mode, keeps it closed. */
export function cameraWords(
  t: Catalogue['bar'],
  { state }: Pick<DeviceView, 'state'>,
  held: boolean,
): ToggleWords & { title?: string } {
  if (held)
    return { icon: 'cameraOff', label: t.cameraHeld, title: t.cameraHeldTitle, pressed: false, busy: true };
  const on = state === 'on';
  const label = { on: t.cameraOn, muted: t.cameraOff, off: t.cameraOff, starting: t.starting }[state];
  return { icon: on ? 'camera' : 'cameraOff', label, pressed: on, busy: state === 'starting' };
}
