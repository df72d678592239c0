import { copyText } from '#lib/ui/clipboard.ts';

/** Copies the address of this meeting, without what proves a right; tells what came of it. */
export async function copyLink(
  words: { copied: string; notCopied: string },
  onsaid: (text: string) => void,
): Promise<void> {
  const copied = await copyText(location.origin + location.pathname);
  onsaid(copied ? words.copied : words.notCopied);
}
