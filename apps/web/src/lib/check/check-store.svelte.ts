import {
  verdictOf,
  type CheckOutcome,
  type CheckPath,
  type Measured,
  type PartOutcome,
  type PathOutcome,
} from '@relais/domain';
import { createHubClient, type HubClient } from '../hub/hub-client.ts';
import { loadDevice } from '../media/load-device.ts';
import { attempt } from '../storage.ts';
import { checkCamera, checkMicrophone, type DeviceFinding } from './check-devices.ts';
import type { CheckPart, Found, PartFinding } from './check-parts.ts';
import { measureLine, tryPath, type PathDeps } from './check-path.ts';
import { firstOfSignals } from './signals.ts';
import { measureDown, measureUp } from './speed.ts';
import { createSentTone, playNotes } from './tone.ts';

/** Milliseconds for the socket: a page that came over 64 kbit/s has had its time. */
const SOCKET_TIMEOUT = 15_000;
const PATHS = ['udp', 'tcp', 'relay'] as const;
/** Where sound goes best, if it is open. */
const BEST_FIRST: readonly CheckPath[] = ['udp', 'relay', 'tcp'];
/** For probes on a line whose round trip is not known. */
const USUAL_ROUND_TRIP_MS = 100;

/** One check, part after part; it can be begun again. */
export class CheckStore {
  #found = $state.raw<Found>({});
  #running = $state.raw<CheckPart>();
  #level = $state.raw(0);
  #asking = $state.raw(false);
  #outcome = $state.raw<CheckOutcome>();
  #measured: Measured | undefined;
  #left = new AbortController();
  #skip = new AbortController();
  #heard: ((heard: PartOutcome | 'again') => void) | undefined;
  /** The camera's picture, which the page shows. */
  readonly picture = document.createElement('video');

  constructor() {
    this.picture.muted = true;
    this.picture.playsInline = true;
  }

  get found() {
    return this.#found;
  }
  get running() {
    return this.#running;
  }
  /** Of the microphone, 0 to 1. */
  get level() {
    return this.#level;
  }
  /** The notes have been played: were they heard? */
  get asking() {
    return this.#asking;
  }
  get outcome() {
    return this.#outcome;
  }
  get measured() {
    return this.#measured;
  }

  /** Checks all, one after another. Never rejects. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#found = {};
    this.#outcome = this.#measured = undefined;
    const measured: Measured = {
      microphone: await this.#device('microphone', (over) =>
        checkMicrophone({ over, tell: (level) => (this.#level = level) }),
      ),
      speaker: await this.#device('speaker', async (over) => ({ outcome: await this.#listen(over) })),
      camera: await this.#device('camera', (over) => checkCamera({ over, picture: this.picture })),
      ...(await this.#network()),
    };
    this.#running = undefined;
    if (this.#left.signal.aborted) return;
    this.#measured = measured;
    this.#outcome = verdictOf(measured);
  }

  /** Passes over the part that waits for the person. */
  skip(): void {
    this.#skip.abort();
  }

  /** What the person says of the notes. */
  answer(heard: 'works' | 'fails' | 'again'): void {
    this.#heard?.(heard);
  }

  close(): void {
    this.#left.abort();
    this.#skip.abort();
  }

  async #device(
    part: 'microphone' | 'speaker' | 'camera',
    check: (over: AbortSignal) => Promise<DeviceFinding>,
  ): Promise<PartOutcome> {
    this.#running = part;
    this.#skip = new AbortController();
    const finding = await check(firstOfSignals(this.#skip.signal, this.#left.signal));
    this.#find(part, { of: 'device', ...finding });
    return finding.outcome;
  }

  async #listen(over: AbortSignal): Promise<PartOutcome> {
    const speaker = attempt(() => localStorage.getItem('relais:device:speaker')) ?? undefined;
    for (;;) {
      const answered = new Promise<PartOutcome | 'again'>((resolve) => {
        this.#heard = resolve;
        over.addEventListener('abort', () => resolve('skipped'), { once: true });
        if (over.aborted) resolve('skipped');
      });
      await Promise.race([playNotes(speaker), answered]);
      this.#asking = !over.aborted;
      const heard = await answered;
      this.#asking = false;
      if (heard !== 'again') return heard;
    }
  }

  async #network(): Promise<Omit<Measured, 'microphone' | 'speaker' | 'camera'>> {
    const paths: Record<CheckPath, PathOutcome> = { udp: 'unknown', tcp: 'unknown', relay: 'unknown' };
    this.#running = 'server';
    const hub = createHubClient();
    try {
      const server = await reached(hub, this.#left.signal);
      this.#find('server', { of: 'server', reached: server });
      if (!server) return { browser: true, server, paths };
      const { browser, line } = await this.#media(hub, paths);
      const roundTripMs = line?.roundTripMs || USUAL_ROUND_TRIP_MS;
      const downKbps = await this.#speed('down', (left) => measureDown(roundTripMs, left));
      const upKbps = await this.#speed('up', (left) => measureUp(roundTripMs, left));
      return {
        browser,
        server,
        paths,
        ...(line && { line }),
        ...(downKbps !== undefined && { downKbps }),
        ...(upKbps !== undefined && { upKbps }),
      };
    } finally {
      hub.disconnect();
    }
  }

  /** Each path by itself, then the line over the best that is open. */
  async #media(
    hub: HubClient,
    paths: Record<CheckPath, PathOutcome>,
  ): Promise<Pick<Measured, 'browser' | 'line'>> {
    // Code that cannot be downloaded now is no word against the browser.
    const device = await loadDevice().catch(() => 'notLoaded' as const);
    const tone = attempt(createSentTone);
    try {
      const deps: PathDeps | undefined =
        device && device !== 'notLoaded' && tone
          ? { hub, device, track: tone.track, closed: this.#left.signal }
          : undefined;
      for (const path of PATHS) {
        this.#running = path;
        if (deps && !this.#left.signal.aborted) paths[path] = await tryPath(deps, path);
        this.#find(path, { of: 'path', outcome: paths[path] });
      }
      this.#running = 'line';
      const best = BEST_FIRST.find((path) => paths[path] === 'open');
      const line = deps && best ? await measureLine(deps, best) : undefined;
      this.#find('line', { of: 'line', line });
      return { browser: device !== undefined, ...(line && { line }) };
    } finally {
      tone?.close();
    }
  }

  async #speed(
    part: 'down' | 'up',
    measure: (left: AbortSignal) => Promise<number | undefined>,
  ): Promise<number | undefined> {
    this.#running = part;
    const kbps = await measure(this.#left.signal);
    this.#find(part, { of: 'speed', kbps });
    return kbps;
  }

  #find(part: CheckPart, finding: PartFinding): void {
    this.#found = { ...this.#found, [part]: finding };
  }
}

function reached(hub: HubClient, left: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, SOCKET_TIMEOUT, false);
    const leave = () => end(false);
    left.addEventListener('abort', leave);
    const off = hub.onConnection((connected) => connected && queueMicrotask(() => end(true)));
    hub.connect();
    function end(connected: boolean) {
      clearTimeout(timer);
      left.removeEventListener('abort', leave);
      off();
      resolve(connected);
    }
  });
}
