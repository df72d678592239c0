import { LANGUAGE_MAX, LANGUAGES_MAX } from '@relais/protocol/people-limits';

export type Languages = { ok: true; languages: string[] } | { ok: false; problem: 'tooMany' | 'tooLong' };

/** "français, anglais ,français" → two languages: as they were written, each once. */
export function readLanguages(text: string): Languages {
  const written = text.split(/[,;\n]/u).map((one) => one.trim().replaceAll(/\s+/gu, ' '));
  const languages: string[] = [];
  for (const one of written) {
    const isNew = !languages.some((other) => other.toLocaleLowerCase() === one.toLocaleLowerCase());
    if (one !== '' && isNew) languages.push(one);
  }
  if (languages.length > LANGUAGES_MAX) return { ok: false, problem: 'tooMany' };
  if (languages.some((one) => one.length > LANGUAGE_MAX)) return { ok: false, problem: 'tooLong' };
  return { ok: true, languages };
}
