import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { contentPolicy } from './content-policy.ts';
import { slimMediaClient } from './slim-media-client.ts';

const hub = process.env['HUB_URL'] ?? 'http://127.0.0.1:8081';

export default defineConfig({
  plugins: [
    slimMediaClient(),
    sveltekit({
      compilerOptions: { runes: true },
      adapter: adapter(),
      csp: contentPolicy,
    }),
  ],
  build: { target: 'es2022' },
  // `pnpm dev`: pages come from vite, everything else from the hub beside it.
  server: { port: 8080, strictPort: true, proxy: { '/api': hub, '/socket.io': { target: hub, ws: true } } },
});
