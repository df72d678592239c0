import type { sveltekit } from '@sveltejs/kit/vite';

type Csp = NonNullable<NonNullable<Parameters<typeof sveltekit>[0]>['csp']>;

/**
 * What a page may load and do. Scripts and styles are our own files; the scripts that SvelteKit writes into a page
 * carry a nonce. No `style` attribute is served: components set styles through the DOM, which the policy allows.
 */
export const contentPolicy = {
  mode: 'auto',
  directives: {
    'default-src': ['none'],
    'script-src': ['self'],
    'style-src': ['self'],
    // Still images of a shared screen are put together from pieces.
    'img-src': ['self', 'data:', 'blob:'],
    'media-src': ['self', 'blob:', 'mediastream:'],
    // Socket.IO is on the page's own origin; 'self' takes in its wss:.
    'connect-src': ['self'],
    'worker-src': ['self', 'blob:'],
    'manifest-src': ['self'],
    'base-uri': ['none'],
    'form-action': ['self'],
    'frame-ancestors': ['none'],
  },
} satisfies Csp;
