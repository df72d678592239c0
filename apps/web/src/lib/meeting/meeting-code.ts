import { CODE_PATTERN } from '@relais/protocol/limits';

/**
 * The code in what a person pasted or typed: a whole link, or the code with its hyphens, spaces or capitals any way.
 * Undefined when there is none.
 */
export function readCode(text: string): string | undefined {
  const inLink = /\/r\/([^/?#]+)/i.exec(text)?.[1];
  const letters = (inLink ?? text).toLowerCase().replace(/[\s\p{Pd}._]/gu, '');
  if (!/^[a-z]{10}$/.test(letters)) return undefined;
  const code = `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`;
  return CODE_PATTERN.test(code) ? code : undefined;
}
