import type { ShellWords } from './fr-shell.ts';

export const enShell: ShellWords = {
  reserved: 'Restricted meeting',
  offline: {
    noNetwork: {
      heading: 'No network for now',
      text: 'This device is not connected to the Internet. Check the Wi-Fi or mobile data.',
    },
    noAnswer: {
      heading: 'Relais is not answering for now',
      text: 'The connection is too weak, or the server is stopped for a moment. Nothing is lost.',
    },
    nextPage: 'Keep this page open: it will appear by itself as soon as possible.',
    nextMeeting: 'Keep this page open: the meeting will open by itself as soon as possible.',
    retry: 'Try again now',
    trying: 'Trying again…',
    stillAway: 'Still nothing. Relais keeps trying by itself.',
  },
};
