/** A private server for one program: small, on one socket, its log without anybody's words in it. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '30',
  shared_buffers: '32MB',
  huge_pages: 'off',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_worker_processes: '2',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // An ERROR is told to the client, with its statement; the log would keep what people wrote.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_line_prefix: '',
};

/** Worker processes for reading ahead are not worth their memory here. Older servers do not know the setting. */
const SINCE_18: Readonly<Record<string, string>> = { io_method: 'sync' };

/** What is lost with the machine, never with a process: for data that a test throws away. */
const NOT_DURABLE: Readonly<Record<string, string>> = {
  fsync: 'off',
  full_page_writes: 'off',
};

/** The arguments of `postgres`. `durable`: nothing that was acknowledged is lost, not even to a power cut. */
export function serverArguments(options: {
  data: string;
  socketFolder: string;
  major: number;
  durable: boolean;
}): string[] {
  const settings = {
    ...SETTINGS,
    unix_socket_directories: options.socketFolder,
    ...(options.major >= 18 ? SINCE_18 : {}),
    ...(options.durable ? {} : NOT_DURABLE),
  };
  return [
    '-D',
    options.data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** The arguments of `initdb`: UTF-8, sorted by code point, letters' case by Unicode where the server can. */
export function initdbArguments(options: { data: string; major: number; durable: boolean }): string[] {
  return [
    ...['-D', options.data, '-U', SUPERUSER, '--encoding=UTF8', '--locale=C', '--no-instructions'],
    ...(options.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []),
    // Who may enter the socket's folder is already the owner of the data.
    ...['--auth-local=trust', '--auth-host=reject'],
    ...(options.durable ? [] : ['--no-sync']),
  ];
}

export const SUPERUSER = 'relais';

/** Of the server whose socket is in this folder. */
export function embeddedUrl(socketFolder: string): string {
  const query = new URLSearchParams({ host: socketFolder, port: '5432', user: SUPERUSER });
  return `postgresql:///postgres?${query.toString()}`;
}
