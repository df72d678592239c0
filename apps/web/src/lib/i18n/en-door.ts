import type { DoorWords } from './fr-door.ts';

export const enDoor: DoorWords = {
  heading: 'Running the meeting',
  lock: 'Lock the meeting',
  lockedHint: 'Nobody new can join. Whoever is here can come back after a cut.',
  openHint: 'Those who have access can join.',
  whoMayEnter: 'Choose who may join, invite without an account',
  actionsFor: (name) => `Actions for ${name}`,
  close: {
    microphone: 'Mute their microphone',
    camera: 'Turn their camera off',
    screen: 'Stop their shared screen',
  },
  closed: {
    microphone: (name) => `${name}: microphone muted`,
    camera: (name) => `${name}: camera turned off`,
    screen: (name) => `${name}: shared screen stopped`,
  },
  invite: 'Invite them to unmute',
  invited: (name) => `${name}: invitation sent`,
  remove: 'Remove from the meeting…',
  removing: (name) => `Remove ${name} from the meeting?`,
  whatHappens:
    'This person goes out at once: their microphone, camera and shared screen are closed. A message tells them that their part in the meeting was ended by those who run it, and they cannot come back until you allow it.',
  whatIsKnown:
    'Relais knows them by their browser. So that nobody joins from another device, lock the meeting as well.',
  lockToo: 'Lock the meeting as well',
  confirm: 'Remove',
  cancel: 'Cancel',
  removed: (name) => `${name} is no longer in the meeting.`,
  removedAndLocked: (name) => `${name} is no longer in the meeting, which is locked.`,
  removedHeading: 'People removed',
  removedAt: (time) => `at ${time}`,
  letBack: 'Let back in',
  mayComeBack: (name) => `${name} may come back to the meeting.`,
  failed: 'The request got no answer. Check your connection, then try again.',
};
