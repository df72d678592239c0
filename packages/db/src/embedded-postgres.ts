import { backoff, withTimeout } from '@relais/kit';
import { chmod, chown, lstat, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries, type PostgresBinaries } from './embedded/binaries.ts';
import { EmbeddedPostgresError } from './embedded/error.ts';
import { availableIdentities, type Identity } from './embedded/identity.ts';
import { postgresEnvironment, prepareData } from './embedded/initialise.ts';
import { findPlace, type Place, reachableBinaries } from './embedded/place.ts';
import { isAlive, readPidFile, stopOrphans } from './embedded/postmaster.ts';
import { embeddedUrl, serverArguments } from './embedded/settings.ts';
import { Tether } from './embedded/tether.ts';
import type { Logger } from './logger.ts';

export type { PostgresBinaries } from './embedded/binaries.ts';
export { EmbeddedPostgresError } from './embedded/error.ts';

export interface EmbeddedPostgresOptions {
  /** Kept between runs: the data is in its folder `postgres`. Made if it is not there. */
  dataDir: string;
  logger: Logger;
  /** For tests: fast rather than durable, and `dataDir` goes with the server. */
  ephemeral?: boolean;
  /** For tests: only this way of running as root. */
  identity?: Identity['kind'];
  /** For tests: another PostgreSQL than the one from npm. */
  binaries?: PostgresBinaries;
}

export interface EmbeddedPostgres {
  /** For a client on this machine that may enter the socket's folder, which is the user who started it. */
  url: string;
  /** Fast shutdown: clients are disconnected, everything is written. Idempotent. */
  close(): Promise<void>;
}

/** Replay of at most `max_wal_size` after a crash is a matter of seconds. */
const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
/** How long the server of a process that was killed may take to stop. */
const HELD_TIMEOUT_MS = 30_000;
const POLL_MS = 20;
/** A Unix socket's path has at most 103 bytes (macOS; 107 on Linux), `/.s.PGSQL.5432` included. */
const SOCKET_FOLDER_MAX_BYTES = 103 - '/.s.PGSQL.5432'.length;

/**
 * A real PostgreSQL as our child process, on a Unix socket only. It ends with us, however we end; should it be
 * killed alone, it is started again. Rejects with an `EmbeddedPostgresError` whose message a person can act upon.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const server = await EmbeddedServer.create({ ...options, dataDir: resolve(options.dataDir) });
  return { url: server.url, close: () => server.close() };
}

interface Setting {
  identity: Identity;
  place: Place;
  binaries: PostgresBinaries;
  socketFolder: string;
}

class EmbeddedServer {
  readonly #options: EmbeddedPostgresOptions;
  readonly #setting: Setting;
  readonly #lastLines: string[] = [];
  #tether: Tether | undefined;
  #reviving: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  static async create(options: EmbeddedPostgresOptions): Promise<EmbeddedServer> {
    const server = new EmbeddedServer(options, await findSetting(options));
    try {
      await server.#launch();
    } catch (error) {
      await server.close().catch(() => undefined);
      throw error;
    }
    return server;
  }

  private constructor(options: EmbeddedPostgresOptions, setting: Setting) {
    this.#options = options;
    this.#setting = setting;
  }

  get url(): string {
    return embeddedUrl(this.#setting.socketFolder);
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #launch(): Promise<void> {
    const { identity, place, binaries, socketFolder } = this.#setting;
    const { logger, ephemeral = false } = this.#options;
    const startedAt = Date.now();
    this.#tether = await this.#takeLock();
    await stopOrphans(place.data, logger);
    await ensureSocketFolder(socketFolder, identity);
    await prepareData({ identity, place, binaries, durable: !ephemeral, logger });
    this.#tether.release();
    await this.#ready(this.#tether);
    void this.#tether.exited.then((code) => this.#onExit(code));
    logger.info({ data: place.data, as: identity.kind, tookMs: Date.now() - startedAt }, 'database started');
  }

  async #takeLock(): Promise<Tether> {
    const { place, identity } = this.#setting;
    await writeFile(place.lockFile, '', { flag: 'a', mode: 0o600 });
    if (identity.kind !== 'self') await chown(place.lockFile, identity.uid, identity.gid);
    const deadline = Date.now() + HELD_TIMEOUT_MS;
    for (;;) {
      const tether = await this.#tryLock();
      if (tether) return this.#holdLock(tether);
      // A holder whose owner is dead is stopping its server.
      await this.#refuseIfOwned();
      if (Date.now() > deadline) throw inUse(place.folder, 'another machine or container');
      await sleep(POLL_MS);
    }
  }

  async #holdLock(tether: Tether): Promise<Tether> {
    try {
      // Without flock every start gets this far: who wrote its number there has the data while it lives.
      if (!tether.locked && !this.#tether) await this.#refuseIfOwned();
      await writeFile(this.#setting.place.lockFile, String(process.pid));
      return tether;
    } catch (error) {
      tether.end();
      throw error;
    }
  }

  async #refuseIfOwned(): Promise<void> {
    const { folder, lockFile } = this.#setting.place;
    const owner = Number.parseInt(await readFile(lockFile, 'utf8'), 10);
    if (owner === process.pid) throw inUse(folder, 'this same process');
    if (await isAlive(owner)) throw inUse(folder, `process ${owner}`);
  }

  #tryLock(): Promise<Tether | undefined> {
    const { place, identity, binaries, socketFolder } = this.#setting;
    const { ephemeral = false, dataDir } = this.#options;
    const { major } = binaries;
    return Tether.create({
      prefix: identity.prefix,
      command: [
        join(binaries.folder, 'bin', 'postgres'),
        ...serverArguments({ data: place.data, socketFolder, major, durable: !ephemeral }),
      ],
      env: postgresEnvironment(binaries),
      lockFile: place.lockFile,
      remove: ephemeral ? dataDir : socketFolder,
      onLine: (line) => this.#onLine(line),
    });
  }

  async #ready(tether: Tether): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (tether.running && Date.now() < deadline) {
      const file = await readPidFile(this.#setting.place.data);
      if (file?.status.startsWith('ready') === true) return;
      await sleep(POLL_MS);
    }
    throw new EmbeddedPostgresError(
      `The database did not start: ${this.#lastLines.join(' / ') || 'no reason given'}`,
    );
  }

  #onLine(line: string): void {
    this.#lastLines.push(line);
    if (this.#lastLines.length > 10) this.#lastLines.shift();
    const grave = /\b(WARNING|FATAL|PANIC):/.test(line);
    this.#options.logger[grave ? 'warn' : 'debug']({ line }, 'postgres');
  }

  #onExit(code: number | null): void {
    if (this.#closing) return;
    this.#tether?.end();
    this.#options.logger.error(
      { code, lastLines: this.#lastLines },
      'the database ended by itself; starting it again',
    );
    this.#reviving ??= this.#revive().finally(() => {
      this.#reviving = undefined;
    });
  }

  async #revive(): Promise<void> {
    for (let attempt = 0; !this.#closing; attempt += 1) {
      try {
        return await this.#launch();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.#options.logger.error({ reason }, 'the database could not be started again; trying once more');
        this.#tether?.end();
        await sleep(backoff(attempt, Math.random()));
      }
    }
  }

  async #close(): Promise<void> {
    await this.#reviving?.catch(() => undefined);
    if (this.#tether) await this.#stop(this.#tether);
    const { socketFolder } = this.#setting;
    await rm(socketFolder, { recursive: true, force: true });
    if (this.#tether && this.#options.ephemeral === true)
      await rm(this.#options.dataDir, { recursive: true, force: true });
  }

  async #stop(tether: Tether): Promise<void> {
    await writeFile(this.#setting.place.lockFile, '').catch(() => undefined);
    tether.end();
    try {
      await withTimeout(tether.exited, STOP_TIMEOUT_MS, 'stopping the database');
    } catch {
      await stopOrphans(this.#setting.place.data, this.#options.logger);
    }
  }
}

function inUse(folder: string, who: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The data in ${folder} is in use by another Relais (${who}). Stop it first, or choose another data folder.`,
  );
}

/** The first way of running PostgreSQL here in which it can reach its data and its program. */
async function findSetting(options: EmbeddedPostgresOptions): Promise<Setting> {
  const { dataDir, identity: wanted } = options;
  const binaries = options.binaries ?? (await findBinaries(join(dataDir, 'postgres-lib')));
  for (const identity of await availableIdentities()) {
    if (wanted !== undefined && identity.kind !== wanted) continue;
    // A folder that holds nothing but this server's: another user must be able to pass through it.
    if (options.ephemeral === true && identity.kind === 'otherUser') await chmod(dataDir, 0o711);
    const place = await findPlace(dataDir, identity);
    const reachable = place && (await reachableBinaries(binaries, identity));
    if (!place || !reachable) continue;
    return { identity, place, binaries: reachable, socketFolder: await makeSocketFolder(options, identity) };
  }
  throw new EmbeddedPostgresError(
    'The built-in PostgreSQL cannot run here: it refuses to run as root, and this system lets root neither make a ' +
      `user namespace nor run it as another user who can reach ${dataDir}. ` +
      'Start Relais as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  );
}

/** Short and outside the data, whose path may be long and whose file system may know no sockets. */
async function makeSocketFolder(options: EmbeddedPostgresOptions, identity: Identity): Promise<string> {
  // `TMPDIR` may be a private folder, which another user could not enter.
  const shortLived = identity.kind === 'otherUser' ? '/tmp' : tmpdir();
  const parent = options.ephemeral === true ? options.dataDir : shortLived;
  const longest = Buffer.byteLength(join(parent, 'relais-XXXXXX'));
  // PostgreSQL reads a comma as the end of one folder's name.
  return mkdtemp(join(longest > SOCKET_FOLDER_MAX_BYTES || /[,"]/.test(parent) ? '/tmp' : parent, 'relais-'));
}

/** The folder goes with each server process; a later one makes it again, and takes no one else's for it. */
async function ensureSocketFolder(folder: string, identity: Identity): Promise<void> {
  await mkdir(folder, { mode: 0o700, recursive: true });
  if (identity.kind !== 'self') await chown(folder, identity.uid, identity.gid);
  const { uid, mode } = await lstat(folder);
  if (uid !== identity.uid || (mode & 0o077) !== 0) throw new Error(`${folder} belongs to somebody else`);
}
