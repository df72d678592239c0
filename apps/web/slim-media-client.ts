import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * Leaves out of the bundle what mediasoup-client (CommonJS, all of it imported statically) brings along and this product
 * never runs, and what no bundler can tell: the handlers of other browsers, of which load-device.ts fetches the one that
 * is needed, and how to tell browsers apart; data channels; a fake handler for tests; H.264 profile arithmetic, as our
 * routers speak VP8 only; its console logger, with every sentence it would log; an event emitter for every use.
 *
 * Measured with gzip: 41 kB become 25. The browser tests fail should one of these be called after all.
 */
export function slimMediaClient(): Plugin {
  return {
    name: 'slim-media-client',
    enforce: 'pre',
    apply: 'build',
    resolveId(source, importer) {
      if (!importer || !MEDIA.test(importer)) return null;
      if (source === 'debug') return SILENT;
      if (source === 'events-alias') return EVENTS;
      return source === 'h264-profile-level-id' || LEFT_OUT.test(source) ? NOTHING : null;
    },
    load(id) {
      if (id === SILENT) return 'export default () => Object.assign(() => {}, { enabled: false });';
      return id === NOTHING ? 'export {};' : null;
    },
    transform(code, id) {
      if (!MEDIA.test(id)) return null;
      return { code: withoutDetection(id, code).replaceAll(LOG_LINE, ''), map: null };
    },
  };
}

/** The `events` package under the name that mediasoup-client gives it. */
const EVENTS = fileURLToPath(new URL('src/lib/media/event-emitter.ts', import.meta.url));
const SILENT = '\0slim-media-client/silent';
const NOTHING = '\0slim-media-client/nothing';
const MEDIA = /\/node_modules\/(mediasoup-client|awaitqueue)\//;
const LEFT_OUT =
  /^\.\/(handlers\/(Chrome111|Chrome74|Firefox120|Safari12|ReactNative106|FakeHandler)|test\/fakeParameters|DataProducer|DataConsumer)$/;
/** A statement on a line of its own, as the compiler that made these files writes it. */
const LOG_LINE = /^\s*(this\.)?_?logger\.(debug|warn|error)\(.*\);$/gm;

/** What tells browsers apart stands at the end of its file; load-device.ts does it for those that we support. */
function withoutDetection(id: string, code: string): string {
  if (!id.endsWith('/Device.js')) return code;
  const end = code.indexOf('\nfunction detectDeviceImpl(');
  if (end < 0) throw new Error('slim-media-client: Device.js of mediasoup-client is not as it was');
  return `${code.slice(0, end)}\nfunction detectDeviceImpl() {}\n`;
}
