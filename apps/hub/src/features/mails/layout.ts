import type { MailWords, Said } from './letter-of.ts';

interface Frame {
  url: string;
  lang: 'fr' | 'en';
  words: MailWords;
}

/** The same sentences as text and as HTML: large type, one column, dark where the reader's program is, nothing fetched. */
export function layout(said: Said, frame: Frame): { text: string; html: string } {
  return { text: asText(said, frame), html: asHtml(said, frame) };
}

function asText({ before, button, after }: Said, { url, lang, words }: Frame): string {
  return (
    [
      words.hello,
      ...before,
      `${button}${lang === 'fr' ? '\u00a0' : ''}:\n${url}`,
      ...after,
      `--\n${words.sentBy}`,
    ].join('\n\n') + '\n'
  );
}

function asHtml({ subject, before, button, after }: Said, { url, lang, words }: Frame): string {
  const paragraph = (text: string) => `<p>${escape(text).replaceAll('\n', '<br>')}</p>`;
  return `<!doctype html>
<html lang="${lang === 'fr' ? 'fr-CA' : 'en-CA'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(subject)}</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px; background: #f7f4ec; color: #1c2b2d; font: 18px/1.5 system-ui, sans-serif; }
main { max-width: 560px; margin: 0 auto; }
a.go { display: inline-block; padding: 14px 24px; border-radius: 8px; background: #0b5d63; color: #ffffff; font-weight: 600; text-decoration: none; }
.small { font-size: 15px; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) {
  body { background: #0f1d1e; color: #e8efee; }
  a { color: #8fd3d0; }
  a.go { background: #8fd3d0; color: #0f1d1e; }
}
</style>
</head>
<body>
<main>
${[words.hello, ...before].map(paragraph).join('\n')}
<p><a class="go" href="${escape(url)}">${escape(button)}</a></p>
<p class="small">${escape(words.linkFallback)}<br><a href="${escape(url)}">${escape(url)}</a></p>
${after.map(paragraph).join('\n')}
<hr>
<p class="small">${escape(words.sentBy)}</p>
</main>
</body>
</html>
`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
