import type { Plugin } from 'vite';

const ROOT = /\/kit\/src\/runtime\/components\/root\.svelte$/;
const STYLE = /\sstyle="position: absolute;[^"]*"/;

/**
 * Takes the `style` attribute from SvelteKit's announcer of new pages: the content policy allows none, and `app.css` hides the
 * announcer. Fails the build when a new version of SvelteKit writes it in another way.
 */
export function plainAnnouncer(): Plugin {
  return {
    name: 'plain-announcer',
    enforce: 'pre',
    transform: {
      filter: { id: ROOT },
      handler(code, id) {
        if (!STYLE.test(code)) this.error(`${id}: the announcer has no style attribute any more`);
        return { code: code.replace(STYLE, ''), map: null };
      },
    },
  };
}
