import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, ok, type Result } from '@relais/kit';
import { turnUrls } from '@relais/hub';
import { z } from 'zod';

/** The repository's folder: `./data` means the one beside README.md, from wherever the server is started. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const PORTS = 'a port number from 0 to 65535';
const port = z.coerce.number(PORTS).int(PORTS).min(0, PORTS).max(65535, PORTS);
const address = z.string().regex(/^[A-Za-z0-9.:-]+$/, 'an address, like 203.0.113.10 or media1.example.org');
const secret = z.string().min(32, 'a secret of 32 characters at least, like `openssl rand -hex 32` makes');

function whole(min: number, max: number, of: string) {
  const what = `a whole number of ${of}, from ${min} to ${max}`;
  return z.coerce.number(what).int(what).min(min, what).max(max, what);
}

const DAYS = '0, which means for ever, or a whole number of days from 30 to 36500';
const days = z.coerce
  .number(DAYS)
  .int(DAYS)
  .refine((value) => value === 0 || (value >= 30 && value <= 36_500), DAYS);

function seconds(min: number, max: number) {
  const what = `a number of seconds, from ${min} to ${max}`;
  return z.coerce.number(what).min(min, what).max(max, what);
}

function oneOf<const T extends readonly string[]>(...values: T) {
  return z.enum(values, `one of ${values.join(', ')}`);
}

const PIPE_PORTS = 'two UDP ports, the first and the last, like 44500-44699';
const portRange = z
  .string()
  .regex(/^\d{1,5}-\d{1,5}$/, PIPE_PORTS)
  .transform((text) => text.split('-').map(Number))
  .refine(([min = 0, max = 0]) => min >= 1 && max <= 65535 && min <= max, PIPE_PORTS)
  .transform(([min = 0, max = 0]) => ({ min, max }));

const PUBLIC_URL = 'where people reach Relais, without a path, like https://relais.example.org';

/** Pages are at the root of a name: a path, a query or a name and password there would be lost. */
function isOriginAlone(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.href === `${url.origin}/`;
}

/**
 * Every setting, read from the environment once: its name, and what it should hold as the second half of the sentence
 * that a wrong value stops the start with. README.md has the same table in words.
 */
const schema = z.object({
  /** `all`: everything in this process. `hub`: people and messages. `sfu`: sound and picture. */
  RELAIS_ROLE: oneOf('all', 'hub', 'sfu').default('all'),
  /** Where pages, API and sockets are served; 0 takes a free port. */
  PORT: port.default(8080),
  /** Address to listen on; all of them by default. */
  HOST: address.optional(),
  /** An existing PostgreSQL (15 or later); without it role `all` starts an embedded one. */
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'the address of a PostgreSQL, like postgres://user:password@host/database',
    })
    .optional(),
  /** Redis 6.2 or later: what hubs say to each other, where media nodes are found, and the counts of rate limits. */
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'the address of a Redis, like redis://:password@host:6379' })
    .optional(),
  /** The embedded database and the secret that signs seats. */
  RELAIS_DATA_DIR: z.string().min(1).default('data'),
  /** Signs seats, the same on every hub; made and kept in the data folder when absent. */
  RELAIS_SECRET: secret.optional(),
  /** Seconds that a seat, and its sound and picture on the media node, are held for somebody whose network was cut. */
  RELAIS_SEAT_GRACE_SECONDS: seconds(0, 3600).default(300),
  /** Address of this machine that browsers reach for sound and picture; every local one when absent. */
  RELAIS_MEDIA_ADDRESS: address.optional(),
  /** Media worker number i listens on UDP and TCP port this + i; 0 takes free ones. */
  RELAIS_MEDIA_PORT: port.default(44400),
  /** Media worker processes; one per core, four at most, by default. */
  RELAIS_MEDIA_WORKERS: whole(1, 64, 'worker processes').optional(),
  /** Consumers that one worker is to carry; beyond it people are placed on further workers and nodes. */
  RELAIS_MEDIA_BUDGET: whole(1, 100_000, 'consumers').optional(),
  /** The control link between hubs and media nodes: both prove that they know it. */
  RELAIS_CONTROL_SECRET: secret.optional(),
  /** Where a media node takes control links; 0 takes a free port. */
  RELAIS_CONTROL_PORT: port.default(44300),
  /** Where hubs and other media nodes reach this node: control link and pipes. */
  RELAIS_CONTROL_ADDRESS: address.optional(),
  /** UDP ports of the pipes between media nodes. */
  RELAIS_PIPE_PORTS: portRange.default({ min: 44500, max: 44699 }),
  /** Relays for browsers whose network lets nothing else through. */
  TURN_URLS: turnUrls.optional(),
  TURN_SECRET: z
    .string()
    .min(16, 'the static-auth-secret of the TURN server, 16 characters at least')
    .optional(),
  TURN_TTL_SECONDS: whole(60, 604_800, 'seconds').default(21_600),
  /** Where people take part by telephone, as it is shown to them: number and code. */
  RELAIS_TELEPHONE: z
    .string()
    .regex(/^[^\p{Cc}]{3,80}$/u, 'a telephone number as it is to be shown, 80 characters at most')
    .optional(),
  /** Opens /metrics and the page /admin to who has it; without it there are none. */
  RELAIS_ADMIN_TOKEN: z.string().min(16, 'a token of 16 characters at least').optional(),
  /** The server that takes emails; without it they stay in the outbox, which the page /admin/courriels shows. */
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: 'the address of a mail server, like smtps://user:password@mail.example.org:465',
    })
    .optional(),
  /** Who emails come from. */
  RELAIS_MAIL_FROM: z
    .string()
    .regex(
      /^([^\p{Cc}<>"@]{1,80} <[^\s<>"@]+@[^\s<>"@]+>|[^\s<>"@]+@[^\s<>"@]+)$/u,
      'an address that emails come from, like Relais <relais@example.org>',
    )
    .optional(),
  /** Where people reach the product: links in emails lead there, and cookies are for https alone where it is https. */
  RELAIS_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: PUBLIC_URL })
    .refine((url) => isOriginAlone(url), PUBLIC_URL)
    .transform((url) => new URL(url).origin)
    .optional(),
  /** An OpenID Connect provider at which people can sign in; all four, or none. */
  RELAIS_OIDC_ISSUER: z
    .url({
      protocol: /^https?$/,
      error:
        'the address of the provider as its documents name it, like https://login.example.org/realms/region',
    })
    .optional(),
  RELAIS_OIDC_CLIENT_ID: z
    .string()
    .max(200, 'what the provider calls Relais, 200 characters at most')
    .optional(),
  RELAIS_OIDC_CLIENT_SECRET: z
    .string()
    .min(8, 'the secret that the provider has for Relais, 8 characters at least')
    .optional(),
  RELAIS_OIDC_NAME: z
    .string()
    .regex(/^[^\p{Cc}]{1,60}$/u, 'the provider’s name as people know it, 60 characters at most')
    .optional(),
  /** Who answers for personal information and how to reach them, as /api/people/privacy names them. */
  RELAIS_PRIVACY_CONTACT: z
    .string()
    .regex(/^[^\p{Cc}]{3,200}$/u, 'a name, a title and how to reach that person, 200 characters at most')
    .optional(),
  /** Days after what was last said in a meeting that all of it is forgotten; 0: never. */
  RELAIS_KEEP_MEETINGS_DAYS: days.default(730),
  /** Days that entries of the register are kept; 0: for ever. */
  RELAIS_KEEP_REGISTER_DAYS: days.default(1095),
  /** The longest that a process which is told to stop takes to send its people elsewhere. */
  RELAIS_DRAIN_SECONDS: seconds(0, 3600).default(20),
  /** Path of the mediasoup worker; scripts/start.mjs sets it. */
  MEDIASOUP_WORKER_BIN: z.string().min(1).optional(),
  /** `off`: no pages, only API and sockets (vite serves the pages in development). */
  RELAIS_WEB: oneOf('on', 'off').default('on'),
  /** Proxies in front, whose word on the client's address is taken. */
  RELAIS_TRUSTED_PROXIES: whole(0, 10, 'proxies').default(0),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').default('info'),
});

export type Config = z.infer<typeof schema>;

/** The names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(schema.shape);

/** Media workers when nobody says how many. */
const MOST_WORKERS = 4;

/** What a role cannot do without, and why. */
const NEEDED: Record<Config['RELAIS_ROLE'], Partial<Record<keyof Config, string>>> = {
  all: {},
  hub: {
    DATABASE_URL: 'the PostgreSQL that all hubs share, like postgres://user:password@host/database',
    REDIS_URL: 'the Redis by which hubs and media nodes find each other, like redis://:password@host:6379',
    RELAIS_SECRET: 'the secret that signs seats, the same on every hub, 32 characters at least',
    RELAIS_CONTROL_SECRET: 'the secret that hubs and media nodes share, 32 characters at least',
  },
  sfu: {
    REDIS_URL: 'the Redis by which hubs and media nodes find each other, like redis://:password@host:6379',
    RELAIS_CONTROL_SECRET: 'the secret that hubs and media nodes share, 32 characters at least',
  },
};

/** The settings, or sentences that name each wrong or missing variable and say what it should hold. */
/** Where the database is: all that has to be known to back it up. */
const placeSchema = schema.pick({ DATABASE_URL: true, RELAIS_DATA_DIR: true });

export function readPlace(env: NodeJS.ProcessEnv): Result<z.infer<typeof placeSchema>, string[]> {
  const parsed = placeSchema.safeParse(givenOf(env));
  if (!parsed.success) return fail(sentencesOf(parsed.error));
  return ok({ ...parsed.data, RELAIS_DATA_DIR: resolve(ROOT, parsed.data.RELAIS_DATA_DIR) });
}

/** An empty variable (`PORT= npm start`, or a blank line of a compose file) means: not set. */
function givenOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function sentencesOf({ issues }: z.ZodError): string[] {
  return [...new Set(issues.map(({ path, message }) => `${path.join('.')} should hold ${message}.`))];
}

export function readConfig(env: NodeJS.ProcessEnv): Result<Config, string[]> {
  const parsed = schema.safeParse(givenOf(env));
  if (!parsed.success) return fail(sentencesOf(parsed.error));
  const missing = [
    ...missingOf(parsed.data),
    ...halvesOf(parsed.data),
    ...lacksOf(parsed.data),
    ...collisionsOf(parsed.data),
  ];
  if (missing.length > 0) return fail(missing);
  return ok({ ...parsed.data, RELAIS_DATA_DIR: resolve(ROOT, parsed.data.RELAIS_DATA_DIR) });
}

function missingOf(config: Config): string[] {
  const role = config.RELAIS_ROLE;
  return Object.entries(NEEDED[role])
    .filter(([name]) => config[name as keyof Config] === undefined)
    .map(([name, what]) => `${name} is needed when RELAIS_ROLE is ${role}: ${what}.`);
}

/** Settings that are of use only together. */
function halvesOf({ TURN_URLS, TURN_SECRET, SMTP_URL, RELAIS_MAIL_FROM }: Config): string[] {
  if (SMTP_URL && !RELAIS_MAIL_FROM)
    return [
      'RELAIS_MAIL_FROM is needed with SMTP_URL: who emails come from, like Relais <relais@example.org>.',
    ];
  if (TURN_URLS && !TURN_SECRET)
    return ['TURN_SECRET is needed with TURN_URLS: the static-auth-secret of the TURN server.'];
  if (TURN_SECRET && !TURN_URLS) {
    return [
      'TURN_URLS is needed with TURN_SECRET: where the TURN server is, like turns:turn.example.org:443?transport=tcp.',
    ];
  }
  return [];
}

/** What a provider of sign-in cannot do without. */
const PROVIDER = {
  RELAIS_OIDC_ISSUER: 'the provider’s address',
  RELAIS_OIDC_CLIENT_ID: 'what the provider calls Relais',
  RELAIS_OIDC_CLIENT_SECRET: 'the secret that the provider has for Relais',
  RELAIS_OIDC_NAME: 'the provider’s name as people know it',
} as const satisfies Partial<Record<keyof Config, string>>;

function lacksOf(config: Config): string[] {
  const names = Object.keys(PROVIDER) as (keyof typeof PROVIDER)[];
  const given = names.find((name) => config[name] !== undefined);
  if (!given) return [];
  return names
    .filter((name) => config[name] === undefined)
    .map((name) => `${name} is needed with ${given}: ${PROVIDER[name]}.`);
}

/** Two parts of one process cannot listen on one port. Free ones (0) never meet. */
function collisionsOf(config: Config): string[] {
  const { RELAIS_ROLE: role, RELAIS_MEDIA_PORT: first, RELAIS_CONTROL_PORT: control, PORT } = config;
  const { min, max } = config.RELAIS_PIPE_PORTS;
  const last = first + (config.RELAIS_MEDIA_WORKERS ?? MOST_WORKERS) - 1;
  const media = `the media workers have ${first}-${last}`;
  if (role === 'hub') return [];
  return [
    ...(first > 0 && control >= first && control <= last
      ? [`RELAIS_CONTROL_PORT should hold another port than ${control}: ${media}.`]
      : []),
    ...(first > 0 && min <= last && max >= first
      ? [`RELAIS_PIPE_PORTS should hold other ports than ${min}-${max}: ${media}.`]
      : []),
    ...(role === 'all' && control > 0 && control === PORT
      ? [`RELAIS_CONTROL_PORT should hold another port than ${control}: PORT has it.`]
      : []),
  ];
}
