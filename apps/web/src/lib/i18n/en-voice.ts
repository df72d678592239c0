import type { VoiceWords } from './fr-voice.ts';

export const enVoice: VoiceWords = {
  speak: 'Speak to all rooms',
  how: 'Hold to speak.',
  keys: 'Or keep Ctrl+Shift+Space down.',
  starting: 'One moment…',
  letGo: 'Let go to stop.',
  youSpeak: 'You are speaking to all rooms',
  failed: 'The rooms did not hear you. Try again.',
  speaks: (names, count) =>
    count > 1 ? `${names} are speaking to all rooms` : `${names} is speaking to all rooms`,
};
