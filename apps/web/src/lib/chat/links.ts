import { linkifyit } from 'linkify-it';

export interface TextPart {
  text: string;
  /** A safe address: http, https or mailto. */
  href?: string;
}

/** Only whole addresses and e-mail addresses: "relais.ca" alone is as often a slip of the keyboard. */
const finder = linkifyit({ fuzzyLink: false, fuzzyEmail: true }).add('ftp:', null).add('//', null);

const SAFE = new Set(['http:', 'https:', 'mailto:']);

/** A message as plain text and links, in order; the texts put end to end are the message, unchanged. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { index, lastIndex, url } of finder.match(text) ?? []) {
    const href = safeHref(url);
    if (href === undefined) continue;
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: text.slice(index, lastIndex), href });
    end = lastIndex;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** The address as the browser reads it, if its protocol is one that opens nothing but a page or an e-mail. */
function safeHref(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed && SAFE.has(parsed.protocol) ? parsed.href : undefined;
}
