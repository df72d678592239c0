import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { contentPolicy } from './content-policy.ts';
import { joinChunks } from './join-chunks.ts';
import { joinEntry } from './join-entry.ts';
import { plainAnnouncer } from './plain-announcer.ts';
import { slimMediaClient } from './slim-media-client.ts';
import { terseChunks } from './terse-chunks.ts';

const hub = process.env['HUB_URL'] ?? 'http://127.0.0.1:8081';

const chunks = joinChunks();

export default defineConfig({
  plugins: [
    slimMediaClient(),
    plainAnnouncer(),
    joinEntry(),
    chunks.plugin,
    sveltekit({
      // Short names of scoped classes: each is written in the script and in the style.
      compilerOptions: { runes: true, cssHash: ({ hash, css }) => `r${hash(css).slice(0, 5)}` },
      adapter: adapter(),
      csp: contentPolicy,
      // Our pages do it when the line has nothing better to do (lib/shell).
      serviceWorker: { register: false },
    }),
    terseChunks(),
  ],
  build: { target: 'es2022' },
  environments: {
    client: {
      build: {
        modulePreload: { polyfill: false, resolveDependencies: () => [] },
        rolldownOptions: {
          preserveEntrySignatures: 'allow-extension',
          output: {
            codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: chunks.nameOf }] },
          },
        },
      },
    },
  },
  // `pnpm dev`: pages come from vite, everything else from the hub beside it.
  server: { port: 8080, strictPort: true, proxy: { '/api': hub, '/socket.io': { target: hub, ws: true } } },
});
