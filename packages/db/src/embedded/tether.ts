import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { withTimeout } from '@relais/kit';

/**
 * The parent of a server that must not outlive us. It holds a pipe from us: when the pipe ends (we closed it, or
 * we are gone, were it by SIGKILL) its watcher sends the server SIGINT, which is PostgreSQL's fast shutdown. It
 * also holds the lock file, so that the kernel lets the lock go with it. The server inherits neither.
 *
 * Should the server end first, the watcher is still there to be killed: then what is to be removed is kept, for
 * another start.
 *
 * `flock` is part of util-linux; where it is missing (macOS), `locked` is false.
 */
const SCRIPT = `
exec 3<&0 </dev/null
remove() { [ -z "$TETHER_REMOVE" ] || rm -rf -- "$TETHER_REMOVE"; }
state=unlocked
if [ -n "$TETHER_LOCK" ] && command -v flock >/dev/null 2>&1; then
  exec 9>>"$TETHER_LOCK" || exit 73
  flock -n 9 || { echo held; exit 75; }
  state=locked
fi
echo "$state"
read -r go <&3 || { remove; exit 0; }
trap : HUP INT TERM
"$@" 3<&- 9>&- >&2 &
server=$!
( trap '' HUP INT TERM; exec 9>&-; read -r never <&3; kill -s "$TETHER_SIGNAL" "$server" ) 2>/dev/null &
watcher=$!
while kill -0 "$server" 2>/dev/null; do wait "$server"; status=$?; done
kill -KILL "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
[ $? -eq 137 ] || remove
exit "\${status:-0}"
`;

export interface TetherOptions {
  /** Run before the shell: how to become another user. */
  prefix?: readonly string[];
  /** The server and its arguments. */
  command: readonly string[];
  env: Readonly<Record<string, string>>;
  lockFile?: string;
  /** A folder that goes when the server has ended because we did, or asked it to. */
  remove?: string;
  /** What asks the server to end; INT by default. */
  signal?: 'INT' | 'TERM';
  onLine: (line: string) => void;
}

/** A child process that ends with us. `release` starts it, once the lock is ours and all is prepared. */
export class Tether {
  /** Settles when the server and its parent have ended. */
  readonly exited: Promise<number | null>;
  /** Whether the lock file is held for us alone. */
  locked = false;
  readonly #child: ChildProcess;
  #running = true;

  /** Undefined when another process holds the lock. */
  static async create(options: TetherOptions): Promise<Tether | undefined> {
    const tether = new Tether(options);
    const answer = await withTimeout(tether.#firstLine(), 10_000, 'taking the lock').catch(
      (error: unknown) => {
        tether.end();
        throw error;
      },
    );
    if (answer === 'held') return undefined;
    if (answer !== 'locked' && answer !== 'unlocked')
      throw new Error(`The server's parent process did not start (${answer})`);
    tether.locked = answer === 'locked';
    return tether;
  }

  private constructor(options: TetherOptions) {
    const [command, ...args] = [...(options.prefix ?? []), 'sh', '-c', SCRIPT, 'sh', ...options.command];
    this.#child = spawn(command ?? 'sh', args, {
      cwd: '/',
      // Its own session: Ctrl-C in a terminal is for us, and we end it when we have put our things in order.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...options.env,
        TETHER_LOCK: options.lockFile ?? '',
        TETHER_REMOVE: options.remove ?? '',
        TETHER_SIGNAL: options.signal ?? 'INT',
      },
    });
    this.exited = new Promise((resolve) => {
      this.#child.once('error', () => resolve(null));
      this.#child.once('exit', (code) => resolve(code));
    }).then((code) => {
      this.#running = false;
      return code as number | null;
    });
    this.#child.stdin?.on('error', () => undefined);
    if (this.#child.stderr) createInterface({ input: this.#child.stderr }).on('line', options.onLine);
  }

  get running(): boolean {
    return this.#running;
  }

  /** Starts the server. */
  release(): void {
    this.#child.stdin?.write('go\n');
    // It must not keep a process alive that has nothing else to do: it ends with it.
    this.#child.unref();
    for (const stream of this.#child.stdio) if (stream instanceof Socket) stream.unref();
  }

  /** Asks the server to end; `exited` tells when it has. */
  end(): void {
    this.#child.ref();
    this.#child.stdin?.end();
  }

  async #firstLine(): Promise<string> {
    const { stdout } = this.#child;
    if (!stdout) return 'no output';
    const line = new Promise<string>((resolve) => {
      createInterface({ input: stdout }).once('line', resolve);
    });
    return Promise.race([line, this.exited.then((code) => `exit code ${code}`)]);
  }
}
