import type { Catalogue } from '#lib/i18n/fr.ts';
import type { IconName } from '#lib/ui/icons.ts';
import type { DeviceView, LineView } from './view-model.ts';

interface ToggleWords {
  icon: IconName;
  label: string;
  pressed: boolean;
  busy: boolean;
}

/** How the microphone's button says its state: by its icon, its words and whether it is pressed. */
export function microphoneWords(
  t: Catalogue['bar'],
  { state, interrupted }: Pick<DeviceView, 'state' | 'interrupted'>,
): ToggleWords {
  const on = state === 'on';
  if (on && interrupted) return { icon: 'micOff', label: t.micHeld, pressed: true, busy: false };
  const label = { on: t.micOn, muted: t.micMuted, off: t.micOff, starting: t.starting }[state];
  return { icon: on ? 'mic' : 'micOff', label, pressed: on, busy: state === 'starting' };
}

/**
 * `held`: why the picture is not sent though the person may want it. Where the camera is closed for that, its button explains
 * and does nothing else; where it is only not sent, it can be closed as ever.
 */
export function cameraWords(
  t: Catalogue['bar'],
  { state }: Pick<DeviceView, 'state'>,
  held: LineView['cameraHeldBy'],
): ToggleWords & { title?: string } {
  const on = state === 'on';
  if (held && (on || held !== 'line'))
    return { icon: 'cameraOff', label: t.cameraHeld, title: t.cameraHeldBy[held], pressed: on, busy: false };
  const label = { on: t.cameraOn, muted: t.cameraOff, off: t.cameraOff, starting: t.starting }[state];
  return { icon: on ? 'camera' : 'cameraOff', label, pressed: on, busy: state === 'starting' };
}
