import type { Lang } from './lang.ts';
import type { VoiceWords } from './fr-voice.ts';

/** Words of speaking to all rooms: there while rooms are open. */
export async function loadVoiceWords(lang: Lang): Promise<VoiceWords> {
  return lang === 'en' ? (await import('./en-voice.ts')).enVoice : (await import('./fr-voice.ts')).frVoice;
}
