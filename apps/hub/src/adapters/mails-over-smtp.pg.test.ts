import { createDatabase } from '@relais/db';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMails } from '../features/mails/mails.ts';
import { createPostgresOutbox } from './postgres-outbox.ts';
import { createSmtpCarrier } from './smtp-carrier.ts';

const SENDER = fileURLToPath(new URL('mails-over-smtp.fixture.ts', import.meta.url));
const MINUTE = 60_000;
const SOON = { timeout: 20_000, interval: 20 };

type DataHandler = NonNullable<SMTPServerOptions['onData']>;
type Session = Parameters<DataHandler>[1];

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.close());

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A real mail server; `came` is what it was given, in order, whatever it said to it. */
async function smtp(say: (nth: number, done: (error?: Error | null) => void, session: Session) => void) {
  const came: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('error', () => undefined);
      stream.on('end', () => {
        came.push(text);
        say(came.length, done, session);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { came, server, url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` };
}

/** A hub's emails over that server; `later` is how far its clock is ahead. */
function mailsTo(database: string, url: string, clock = { later: 0 }) {
  const opened = createDatabase({ url: database });
  const outbox = createPostgresOutbox(opened);
  const mails = createMails({
    outbox,
    carrier: createSmtpCarrier({ url, from: 'Relais <relais@exemple.test>' }),
    logger: pino({ level: 'silent' }),
    now: () => Date.now() + clock.later,
    everyMs: 50,
  });
  closing.push(async () => {
    await mails.close();
    await opened.close();
  });
  return { ...mails, clock };
}

const order = (mails: ReturnType<typeof mailsTo>) =>
  mails.mailer.send({
    kind: 'signInLink',
    key: 'signInLink:1',
    to: 'bea@exemple.test',
    lang: 'fr',
    url: 'https://relais.example/connexion/lien?jeton=x',
    minutes: 60,
  });

async function stateOf(mails: ReturnType<typeof mailsTo>) {
  const listed = await mails.list({ before: undefined, most: 10 });
  return listed.ok ? listed.value.map(({ state, tries }) => ({ state, tries })) : listed.error;
}

const idOf = (text = '') => /^Message-ID: (.+)\r$/m.exec(text)?.[1];
const refusal = (code: number) => Object.assign(new Error('later'), { responseCode: code });

describe('emails over a mail server', () => {
  it('[MAIL-2] are taken at a later try where the server says 4xx first, and are then not sent again', async () => {
    const { came, url } = await smtp((nth, done) => (nth === 1 ? done(refusal(451)) : done()));
    const mails = mailsTo(await postgres.freshDatabase(), url);
    await order(mails);
    await vi.waitFor(
      async () => expect(await stateOf(mails)).toEqual([{ state: 'waiting', tries: 1 }]),
      SOON,
    );
    expect(came).toHaveLength(1);
    mails.clock.later = 2 * MINUTE;
    await vi.waitFor(async () => expect(await stateOf(mails)).toEqual([{ state: 'sent', tries: 2 }]), SOON);
    await order(mails);
    mails.clock.later = 20 * MINUTE;
    await vi.waitFor(async () => expect(await stateOf(mails)).toEqual([{ state: 'sent', tries: 2 }]), SOON);
    expect(came.map(idOf)).toEqual([idOf(came[0]), idOf(came[0])]);
  });

  it('[MAIL-2] [MAIL-3] are sent again, under the same id, where the line was cut while they were handed over', async () => {
    const cut = { next: true };
    const { came, server, url } = await smtp((_, done) => {
      if (!cut.next) return done();
      cut.next = false;
      // The line goes before the server has said that it has it.
      for (const connection of server.connections) connection._socket.destroy();
    });
    const mails = mailsTo(await postgres.freshDatabase(), url);
    await order(mails);
    await vi.waitFor(
      async () => expect(await stateOf(mails)).toEqual([{ state: 'waiting', tries: 1 }]),
      SOON,
    );
    mails.clock.later = 2 * MINUTE;
    await vi.waitFor(async () => expect(await stateOf(mails)).toEqual([{ state: 'sent', tries: 2 }]), SOON);
    expect(came.map(idOf)).toEqual([idOf(came[0]), idOf(came[0])]);
  });

  it('[MAIL-1] [MAIL-3] are another hub’s after a quarter of an hour where the one that had them was killed', async () => {
    const database = await postgres.freshDatabase();
    const held: (() => void)[] = [];
    const { came, url } = await smtp((nth, done) => (nth === 1 ? void held.push(done) : done()));
    // Ordered while nothing is sent: who is killed is another process.
    const ordering = mailsTo(database, 'smtp://127.0.0.1:9', { later: -MINUTE });
    await order(ordering);
    await vi.waitFor(
      async () => expect(await stateOf(ordering)).toEqual([{ state: 'waiting', tries: 1 }]),
      SOON,
    );
    await ordering.close();
    const killed = spawn('node', [SENDER, database, url], { stdio: ['pipe', 'ignore', 'inherit'] });
    closing.push(() => killed.kill('SIGKILL'));
    await vi.waitFor(() => expect(held).toHaveLength(1), SOON);
    killed.kill('SIGKILL');

    const other = mailsTo(database, url, { later: 10 * MINUTE });
    expect(await stateOf(other)).toEqual([{ state: 'sending', tries: 2 }]);
    other.clock.later = 16 * MINUTE;
    await vi.waitFor(async () => expect(await stateOf(other)).toEqual([{ state: 'sent', tries: 3 }]), SOON);
    expect(came.map(idOf)).toEqual([idOf(came[0]), idOf(came[0])]);
  });
});
