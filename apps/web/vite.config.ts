import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { slimMediaClient } from './slim-media-client.ts';

const hub = process.env['HUB_URL'] ?? 'http://127.0.0.1:8081';

export default defineConfig({
  plugins: [
    slimMediaClient(),
    sveltekit({
      compilerOptions: { runes: true },
      adapter: adapter(),
      csp: {
        mode: 'auto',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          'img-src': ['self', 'data:'],
          'media-src': ['self', 'blob:', 'mediastream:'],
          // Socket.IO is on the page's own origin; 'self' takes in its wss:.
          'connect-src': ['self'],
          'worker-src': ['self', 'blob:'],
          'manifest-src': ['self'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  build: { target: 'es2022' },
  // `pnpm dev`: pages come from vite, everything else from the hub beside it.
  server: { port: 8080, strictPort: true, proxy: { '/api': hub, '/socket.io': { target: hub, ws: true } } },
});
