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
      if (source === 'debug' || LOGGER.test(source)) return SILENT;
      if (source === 'events-alias') return EVENTS;
      return source === 'h264-profile-level-id' || LEFT_OUT.test(source) ? NOTHING : null;
    },
    load(id) {
      if (id === SILENT)
        return 'export default () => {}; export class Logger { debug() {} warn() {} error() {} }';
      return id === NOTHING
        ? `export const ${NOTHINGS.map((name) => `${name} = undefined`).join(', ')};`
        : null;
    },
    transform(code, id) {
      const sdp = SDP.exec(id)?.[1];
      if (sdp) return { code: sdpModule(sdp, code), map: null };
      if (!MEDIA.test(id)) return null;
      const kept = withoutMethods(id, withoutDetection(id, code));
      return { code: asModule(id, kept.replaceAll(LOG_LINE, '')), map: null };
    },
  };
}

/** The `events` package under the name that mediasoup-client gives it. */
const EVENTS = fileURLToPath(new URL('src/lib/media/event-emitter.ts', import.meta.url));
const SILENT = '\0slim-media-client/silent';
const NOTHING = '\0slim-media-client/nothing';
const NOTHINGS = [
  ...['Chrome111', 'Chrome74', 'Firefox120', 'Safari12', 'ReactNative106', 'DataProducer', 'DataConsumer'],
  ...['isSameProfile', 'generateProfileLevelIdStringForAnswer'],
];
const MEDIA = /\/node_modules\/(mediasoup-client|awaitqueue)\//;
const SDP = /\/node_modules\/sdp-transform\/lib\/(index|parser|writer|grammar)\.js$/;
const LOGGER = /^\.{1,2}\/(\.\.\/)?Logger$/;
const LEFT_OUT =
  /^\.\/(handlers\/(Chrome111|Chrome74|Firefox120|Safari12|ReactNative106|FakeHandler)|test\/fakeParameters|DataProducer|DataConsumer)$/;
/** A statement on a line of its own, as the compiler that made these files writes it. */
const LOG_LINE = /^\s*(this\.)?_?logger\.(debug|warn|error)\(.*\);$/gm;

/** How a device is made with whatever handler; ours is made with the one that load-device.ts has fetched. */
const FACTORY = /^ {4}static async factory\([\s\S]*?^ {4}\}$/m;
const CONSTRUCTOR = /^ {4}constructor\(\{ handlerName, [\s\S]*?this\._handlerName = /m;
const OUR_CONSTRUCTOR =
  'constructor({ handlerFactory }) { this._handlerFactory = handlerFactory; this._handlerName = ';

/** What tells browsers apart stands at the end of its file; load-device.ts does it for those that we support. */
function withoutDetection(id: string, code: string): string {
  if (!id.endsWith('/Device.js')) return code;
  const end = code.indexOf('\nfunction detectDeviceImpl(');
  if (end < 0) throw new Error('slim-media-client: Device.js of mediasoup-client is not as it was');
  const device = code.slice(0, end);
  if (!FACTORY.test(device) || !CONSTRUCTOR.test(device))
    throw new Error('slim-media-client: Device of mediasoup-client is not as it was');
  const kept = device.replace(FACTORY, '').replace(CONSTRUCTOR, OUR_CONSTRUCTOR);
  return `${kept}\nfunction detectDeviceImpl() {}\n`;
}

/** Methods that nobody calls: those of data channels, of other relays than those given at first, and of layers turned off by name. */
const UNUSED: readonly (readonly [file: RegExp, methods: readonly string[]])[] = [
  [
    /\/lib\/Transport\.js$/,
    [
      ...['produceData', 'consumeData', 'getDataChannelMaxMessageSize', 'updateIceServers'],
      ...['handleDataProducer', 'handleDataConsumer'],
    ],
  ],
  [
    /\/handlers\/(Chrome111|Firefox120|Safari12)\.js$/,
    [
      'sendDataChannel',
      'receiveDataChannel',
      'getDataChannelMaxMessageSize',
      'updateIceServers',
      'setMaxSpatialLayer',
    ],
  ],
  [/\/sdp\/RemoteSdp\.js$/, ['sendSctpAssociation', 'receiveSctpAssociation']],
];

function withoutMethods(id: string, code: string): string {
  const methods = UNUSED.find(([file]) => file.test(id))?.[1] ?? [];
  return methods.reduce((left, name) => {
    const without = left.replace(new RegExp(`^ {4}(async )?${name}\\([\\s\\S]*?^ {4}\\}$`, 'm'), '');
    if (without === left) throw new Error(`slim-media-client: ${name} of mediasoup-client is not as it was`);
    return without;
  }, code);
}

/**
 * CommonJS as TypeScript writes it, as an ES module: every file's own copy of the same helpers goes, and so does what nobody
 * imports. A line that is not as expected stops the build.
 */
function asModule(id: string, code: string): string {
  const index = INDEXES.find(([end]) => id.endsWith(end));
  if (index) return index[1](code);
  const start = code.indexOf(START);
  const module = code
    .slice(start + START.length)
    .replace(/^exports\.[\w.= ]+= void 0;$/gm, '')
    .replace(/^exports\.(\w+) = \1;$/gm, 'export { $1 };')
    .replace(
      /^(?:const|var) (\w+) = (?:__importStar\()?require\(("[^"]+")\)\)?;$/gm,
      'import * as $1 from $2;',
    );
  const left = /\b(exports\.|require\(|__import)/.exec(module);
  if (start < 0 || left) throw new Error(`slim-media-client: ${id} is not as it was`);
  return module;
}

const START = 'Object.defineProperty(exports, "__esModule", { value: true });';
/** The same for sdp-transform, whose files are written by hand. */
function sdpModule(name: string, code: string): string {
  if (name === 'index') return "export * from './parser'; export { default as write } from './writer';";
  const module = code
    .replace("var grammar = require('./grammar');", "import grammar from './grammar';")
    .replace('var grammar = module.exports = {', 'export { grammar as default }; var grammar = {')
    .replace('module.exports = function', 'export default function')
    .replace(/^exports\.(\w+) = exports\.(\w+);$/gm, 'export const $1 = $2;')
    .replace(/^exports\.(\w+) = function/gm, 'export const $1 = function');
  if (/\b(exports\b|require\()/.test(module))
    throw new Error(`slim-media-client: ${name} of sdp-transform is not as it was`);
  return module;
}

/** What their readers take from them. */
const INDEXES = [
  [
    '/mediasoup-client/lib/index.js',
    (code: string) => {
      const version = /exports\.version = ('[\d.]+');/.exec(code)?.[1];
      if (!version) throw new Error('slim-media-client: mediasoup-client has no version');
      return `export { Device } from './Device'; export const version = ${version};`;
    },
  ],
  ['/awaitqueue/lib/index.js', () => "export { AwaitQueue } from './AwaitQueue'; export * from './errors';"],
] as const;
