import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import type { MailCarrier } from '../ports/mail-carrier.ts';
import type { Letter } from '../ports/outbox.ts';
import { createSmtpCarrier } from './smtp-carrier.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const LETTER: Letter = {
  ...{ key: 'sign-in:1', kind: 'signInLink', to: 'béa@exemple.test', lang: 'fr' },
  ...{ subject: 'Votre lien — été', text: 'Bonjour,\n', html: '<p>Bonjour,</p>', ics: undefined },
};

/** A real server; `taken` are the letters as they came. */
async function smtp(options: SMTPServerOptions = {}) {
  const taken: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        taken.push(text);
        done();
      });
    },
    ...options,
  });
  // A line that is cut is what some of these tests are about.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { taken, port: (server.server.address() as AddressInfo).port };
}

function carrierTo(port: number, user = ''): MailCarrier {
  const carrier = createSmtpCarrier({
    url: `smtp://${user}127.0.0.1:${port}`,
    from: 'Relais <relais@exemple.test>',
    silenceMs: 400,
    letterMs: 2000,
  });
  closing.push(() => carrier.close());
  return carrier;
}

const answer = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

describe('[MAIL-2] [MAIL-3] a letter that is handed to a mail server', () => {
  it('comes as text and HTML, from us, under an id that is the same each time', async () => {
    const { taken, port } = await smtp();
    const carrier = carrierTo(port);
    expect(await carrier.carry(LETTER)).toEqual({ ok: true, value: undefined });
    expect(await carrier.carry({ ...LETTER, ics: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' })).toMatchObject({
      ok: true,
    });
    const ids = taken.map((text) => /^Message-ID: <(.+)@exemple\.test>\r$/m.exec(text)?.[1]);
    expect(ids[0]).toMatch(/^[0-9a-f]{40}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(taken[0]).toMatch(/^From: Relais <relais@exemple\.test>\r$/m);
    expect(taken[0]).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(taken[0]).toContain('multipart/alternative');
    expect(taken[1]).toContain('text/calendar');
  });

  it('goes to one address alone, whatever stands in it', async () => {
    const to: string[] = [];
    const { port } = await smtp({
      onRcptTo({ address }, _session, done) {
        to.push(address);
        done();
      },
    });
    const carrier = carrierTo(port);
    await carrier.carry({ ...LETTER, to: 'a@exemple.test, b@exemple.test' });
    await carrier.carry({ ...LETTER, to: 'a@exemple.test\r\nBcc: c@exemple.test' });
    expect(to.filter((address) => address === 'b@exemple.test' || address === 'c@exemple.test')).toEqual([]);
  });

  it('is tried again after "not now", and not after "never"', async () => {
    const refused = async (code: number) => {
      const { port } = await smtp({ onRcptTo: (_to, _session, done) => done(answer(code, 'no')) });
      const carried = await carrierTo(port).carry(LETTER);
      return carried.ok ? 'taken' : carried.error.kind;
    };
    expect(await refused(450)).toBe('later');
    expect(await refused(550)).toBe('never');
  });

  it('is waited for when the server has all of it and takes its time to say so', async () => {
    let copies = 0;
    const { port } = await smtp({
      onData(stream, _session, done) {
        stream.resume();
        stream.on('end', () => {
          copies += 1;
          setTimeout(done, 700);
        });
      },
    });
    const patient = createSmtpCarrier({ url: `smtp://127.0.0.1:${port}`, from: 'relais@exemple.test' });
    closing.push(() => patient.close());
    expect(await patient.carry(LETTER)).toEqual({ ok: true, value: undefined });
    expect(copies).toBe(1);
  });

  it('does not go with a password over a line that others could read', async () => {
    const seen: string[] = [];
    const { port } = await smtp({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username = '' }, _session, done) {
        seen.push(username);
        done(null, { user: username });
      },
    });
    // A name of this machine that is not one of its own.
    const url = `smtp://relais:word@127.0.0.2:${port}`;
    const carrier = createSmtpCarrier({ url, from: 'relais@exemple.test', silenceMs: 2000 });
    closing.push(() => carrier.close());
    expect(await carrier.carry(LETTER)).toMatchObject({ error: { kind: 'later' } });
    expect(seen).toEqual([]);
    expect(await carrierTo(port, 'relais:word@').carry(LETTER)).toMatchObject({ ok: true });
    expect(seen).toEqual(['relais']);
  });

  it('is tried again where it is we who are refused: that is put right in the settings', async () => {
    const { port } = await smtp({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(answer(535, 'who are you')),
    });
    expect(await carrierTo(port, 'relais:wrong@').carry(LETTER)).toMatchObject({ error: { kind: 'later' } });
  });

  it('is tried again where nobody is there, says nothing, or goes in the middle', async () => {
    const later = { ok: false, error: { kind: 'later' } };
    expect(await carrierTo(9).carry(LETTER)).toMatchObject(later);
    const silent = await plain((socket) => void socket);
    expect(await carrierTo(silent).carry(LETTER)).toMatchObject(later);
    const { port, taken } = await smtp({
      onData(stream) {
        stream.resume();
        // Never says that it has it.
      },
    });
    expect(await carrierTo(port).carry(LETTER)).toMatchObject(later);
    expect(taken).toEqual([]);
    const cut = await plain((socket) => socket.end('220 here\r\n'));
    expect(await carrierTo(cut).carry(LETTER)).toMatchObject(later);
  });
});

async function plain(act: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    act(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}
