import type { HarvestSection } from './harvest.ts';

/** The words that a document of the harvest is made of. */
export interface HarvestWords {
  document: (title: string) => string;
  plenary: string;
  round: (number: number) => string;
  nothing: string;
  messages: string;
  /** An instant, as a person reads it. */
  when: (at: number) => string;
}

/** The harvest as one document, in Markdown or as plain text. What people wrote stands as they wrote it. */
export function harvestText(
  title: string,
  sections: readonly HarvestSection[],
  words: HarvestWords,
  form: 'md' | 'txt',
): string {
  const head = (level: number, text: string) =>
    form === 'md'
      ? `${'#'.repeat(level)} ${text}`
      : level < 3
        ? `${text}\n${(level === 1 ? '=' : '-').repeat(text.length)}`
        : `* ${text}`;
  const blocks = [head(1, words.document(title))];
  for (const { round, parts } of sections) {
    if (round) blocks.push(head(2, `${words.round(round.number)} (${words.when(round.openedAt)})`));
    for (const { name, text, messages } of parts) {
      // The plenary alone, without a word in it, is no part of a document.
      if (!round && !text.trim() && messages.length === 0) continue;
      blocks.push(head(round ? 3 : 2, name ?? words.plenary), text.trim() || words.nothing);
      if (messages.length > 0)
        blocks.push(
          `${words.messages}\n\n${messages.map((one) => `- ${one.name} (${words.when(one.at)}) – ${one.text}`).join('\n')}`,
        );
    }
  }
  return `${blocks.join('\n\n')}\n`;
}

/** A name for the file that every system takes. */
export function fileName(title: string, at: Date, form: 'md' | 'txt'): string {
  const plain = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return `${plain || 'notes'}-${at.toISOString().slice(0, 10)}.${form}`;
}
