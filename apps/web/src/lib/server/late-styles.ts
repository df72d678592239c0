/** Components that are fetched when they are needed, with their styles, after the first picture. */
const LATE = '(ChatPanel|PanelFrame|PeoplePanel|Dialog|SettingsDialog|ShortcutsDialog)';
const LINK = new RegExp(`\\s*<link href="[^"]*/${LATE}\\.[^"/]+\\.css" rel="stylesheet">`, 'g');
const PATH = new RegExp(`/${LATE}\\.[^/]+\\.css$`);

/**
 * SvelteKit links the styles of everything that a page might fetch later. Vite fetches them with the component anyway:
 * before the first picture they are 2.6 kB (gzip) and six requests for nothing.
 */
export function withoutLateStyles(html: string): string {
  return html.replaceAll(LINK, '');
}

/** What is announced to the browser before the page: the scripts and styles that it needs at once. */
export function isNeededAtOnce({ type, path }: { type: string; path: string }): boolean {
  return type === 'js' || (type === 'css' && !PATH.test(path));
}
