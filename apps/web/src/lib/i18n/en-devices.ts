import type { Problems } from './fr-devices.ts';

const camera: Problems['camera'] = {
  refused: {
    what: 'The browser is not allowed to use the camera.',
    todo: 'Select the icon to the left of the page’s address, allow the camera, then try again.',
  },
  missing: {
    what: 'No camera was found.',
    todo: 'Plug one in, or join without it: people will hear you and see your initials.',
  },
  busy: {
    what: 'Another program is using the camera.',
    todo: 'Close your other video calls, then try again.',
  },
  unsupported: {
    what: 'This browser cannot use the camera.',
    todo: 'Open this link in a recent version of Firefox, Chrome, Edge or Safari.',
  },
  insecure: {
    what: 'This page has no secure connection, so the browser forbids the camera.',
    todo: 'Open the link that begins with https.',
  },
  failed: {
    what: 'The camera did not start.',
    todo: 'Unplug it and plug it back in, or restart the device, then try again.',
  },
};

const microphone: Problems['microphone'] = {
  refused: {
    what: 'The browser is not allowed to use the microphone.',
    todo: 'Select the icon to the left of the page’s address, allow the microphone, then try again.',
  },
  missing: {
    what: 'No microphone was found.',
    todo: 'Plug one in, or join without it: you will hear others and can write.',
  },
  busy: {
    what: 'Another program is using the microphone.',
    todo: 'Close your other video calls, then try again.',
  },
  unsupported: {
    what: 'This browser cannot use the microphone.',
    todo: 'Open this link in a recent version of Firefox, Chrome, Edge or Safari.',
  },
  insecure: {
    what: 'This page has no secure connection, so the browser forbids the microphone.',
    todo: 'Open the link that begins with https.',
  },
  failed: {
    what: 'The microphone did not start.',
    todo: 'Unplug it and plug it back in, or restart the device, then try again.',
  },
};

const both: Problems['both'] = {
  refused: {
    what: 'The browser is not allowed to use the camera and microphone.',
    todo: 'Select the icon to the left of the page’s address, allow camera and microphone, then try again.',
  },
  missing: {
    what: 'No camera and no microphone were found.',
    todo: 'Plug them in, or join without: you will hear others and can write.',
  },
  busy: {
    what: 'Another program is using the camera and microphone.',
    todo: 'Close your other video calls, then try again.',
  },
  unsupported: {
    what: 'This browser can use neither camera nor microphone.',
    todo: 'Open this link in a recent version of Firefox, Chrome, Edge or Safari.',
  },
  insecure: {
    what: 'This page has no secure connection, so the browser forbids camera and microphone.',
    todo: 'Open the link that begins with https.',
  },
  failed: {
    what: 'The camera and microphone did not start.',
    todo: 'Unplug them and plug them back in, or restart the device, then try again.',
  },
};

const sharing: Problems['sharing'] = {
  refused: {
    what: 'Screen sharing did not start.',
    todo: 'Choose a screen or a window when the browser asks.',
  },
  missing: { what: 'No screen to share was found.', todo: 'Try again.' },
  busy: { what: 'The screen could not be captured.', todo: 'Close other sharing, then try again.' },
  unsupported: { what: 'This browser cannot share the screen.', todo: 'Share from a computer.' },
  insecure: {
    what: 'This page has no secure connection, so the browser forbids sharing.',
    todo: 'Open the link that begins with https.',
  },
  failed: { what: 'Screen sharing did not start.', todo: 'Try again.' },
};

export const problems: Problems = { camera, microphone, both, sharing };
