import { createDatabase, type Database } from '@relais/db';
import { ok, fail } from '@relais/kit';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMails, type Mails } from '../features/mails/mails.ts';
import type { CarryFailure, MailCarrier } from '../ports/mail-carrier.ts';
import type { Letter } from '../ports/outbox.ts';
import { createPostgresOutbox } from './postgres-outbox.ts';

let postgres: TestPostgres;
let url: string;
const open: (Database | Mails)[] = [];

beforeAll(async () => {
  postgres = await startTestPostgres();
});
beforeEach(async () => {
  url = await postgres.freshDatabase();
});
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});
afterAll(() => postgres.close());

const MINUTE = 60_000;
const DAY = 86_400_000;
const letter = (key: string): Letter => ({
  ...{ key, kind: 'signInLink', to: 'bea@exemple.test', lang: 'fr', subject: 'Lien' },
  ...{ text: 'secret', html: '<p>secret', ics: undefined },
});
const at = (time: number, usefulUntil?: number) => ({ at: time, usefulUntil });

/** A hub's outbox of its own, over the same database. */
function outbox(to = url) {
  const database = createDatabase({ url: to });
  open.push(database);
  return createPostgresOutbox(database);
}

const claimed = async (one: ReturnType<typeof outbox>, time: number, most = 10) => {
  const got = await one.claim({ at: time, leaseUntil: time + 3 * MINUTE, most });
  return got.ok ? got.value.map(({ key }) => key).sort() : got.error;
};
const all = async (one: ReturnType<typeof outbox>) => {
  const listed = await one.list({ before: undefined, most: 100 });
  if (!listed.ok) throw new Error('the outbox is away');
  return listed.value;
};

describe('the outbox', () => {
  it('[MAIL-1] holds a letter once, however often it is ordered, and over a restart', async () => {
    const one = outbox();
    await one.put(letter('a'), at(1000));
    await one.put({ ...letter('a'), subject: 'Autre' }, at(2000));
    expect(await all(outbox())).toMatchObject([
      { key: 'a', subject: 'Lien', state: 'waiting', createdAt: 1000 },
    ]);
  });

  it('[MAIL-3] gives each letter to one hub, though two ask at the same time', async () => {
    const [one, two] = [outbox(), outbox()];
    const keys = Array.from({ length: 40 }, (_, i) => `k${i}`);
    for (const key of keys) await one.put(letter(key), at(0));
    const got: unknown[] = [];
    for (let i = 0; i < 20; i += 1) {
      const [a, b] = await Promise.all([claimed(one, 10, 3), claimed(two, 10, 3)]);
      got.push(...[a, b].flat());
    }
    expect(got.sort()).toEqual(keys.sort());
  });

  it('[MAIL-3] gives what a killed hub held to another when its time is over', async () => {
    const [killed, other] = [outbox(), outbox()];
    await killed.put(letter('a'), at(0));
    expect(await claimed(killed, 10)).toEqual(['a']);
    expect(await claimed(other, 2 * MINUTE)).toEqual([]);
    expect(await claimed(other, 3 * MINUTE + 10)).toEqual(['a']);
    // Who comes back late changes nothing of what is another's by now.
    await killed.again('a', { tries: 1, dueAt: 0, error: 'late' });
    await killed.failed('a', { tries: 1, at: 0, error: 'late' });
    expect(await all(other)).toMatchObject([{ state: 'sending', tries: 2, error: '' }]);
  });

  it('[MAIL-2] does not give what is of no use any more', async () => {
    const one = outbox();
    await one.put(letter('a'), at(0, 15 * MINUTE));
    expect(await claimed(one, 15 * MINUTE)).toEqual([]);
    await one.expire(15 * MINUTE);
    expect(await all(one)).toMatchObject([{ state: 'failed', error: 'tooLate', text: '', html: '' }]);
  });

  it('[MAIL-6] keeps no text of what was sent, and forgets that it was after its time', async () => {
    const one = outbox();
    await one.put(letter('a'), at(0));
    await claimed(one, 10);
    await one.sent('a', 20);
    expect(await all(one)).toMatchObject([{ state: 'sent', text: '', html: '', doneAt: 20, tries: 1 }]);
    await one.forget(1);
    expect(await all(one)).toEqual([]);
  });

  it('[MAIL-1] [MAIL-6] does not send again what is forgotten, and keeps nothing of it but its key', async () => {
    const one = outbox();
    await one.put(letter('a'), at(0));
    await one.put(letter('run out'), at(0, 5));
    expect(await claimed(one, 1)).toEqual(['a', 'run out']);
    await one.sent('a', 2);
    await one.forget(10);
    await one.put(letter('a'), at(20));
    expect(await claimed(one, DAY)).toEqual([]);
    expect(await all(one)).toEqual([]);
    const database = createDatabase({ url });
    open.push(database);
    const { rows } = await database.orm.execute('select key, recipient, subject, text, html from mails');
    expect(rows).toEqual([{ key: 'a', recipient: '', subject: '', text: '', html: '' }]);
  });

  it('[MAIL-7] is read of one state alone, however many others came after', async () => {
    const one = outbox();
    for (const key of ['a', 'b', 'c']) await one.put(letter(key), at(key === 'a' ? 0 : 1000));
    for (const key of ['b', 'c']) await one.sent(key, 2000);
    expect(await one.list({ before: undefined, most: 2, state: 'waiting' })).toMatchObject({
      value: [{ key: 'a' }],
    });
  });

  it('is read by pages, the newest first, without gap or repetition though many are of one moment', async () => {
    const one = outbox();
    for (const key of ['a', 'b', 'c', 'd', 'e']) await one.put(letter(key), at(key < 'd' ? 1000 : 2000));
    const keys: string[] = [];
    for (let before: { createdAt: number; key: string } | undefined; ;) {
      const page = await one.list({ before, most: 2 });
      if (!page.ok || page.value.length === 0) break;
      keys.push(...page.value.map(({ key }) => key));
      before = page.value.at(-1);
    }
    expect(keys).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it('[MAIL-1] says so where the database is away', async () => {
    const away = outbox('postgres://nobody@127.0.0.1:9/none');
    expect(await away.put(letter('a'), at(0))).toEqual({ ok: false, error: { kind: 'unavailable' } });
  });
});

describe('sending what is in the outbox', () => {
  let now = 0;
  let carried: string[] = [];
  let answers: (CarryFailure | 'taken')[] = [];
  const carrier: MailCarrier = {
    async carry({ key }) {
      carried.push(key);
      const answer = answers.shift() ?? 'taken';
      return answer === 'taken' ? ok(undefined) : fail(answer);
    },
    close: () => undefined,
  };
  beforeEach(() => {
    [now, carried, answers] = [0, [], []];
  });

  function mails(
    { by }: { by: MailCarrier | undefined } = { by: carrier },
  ): Mails & { box: ReturnType<typeof outbox> } {
    const box = outbox();
    const logger = pino({ level: 'silent' });
    const made = createMails({
      outbox: box,
      carrier: by,
      logger,
      now: () => now,
      everyMs: 20,
      tidyEveryMs: 20,
    });
    open.push(made);
    return { ...made, box };
  }
  const order = (made: Mails, key: string) =>
    made.mailer.send({
      ...{ key, to: 'bea@exemple.test', lang: 'fr' },
      ...{ kind: 'communityInvitation', community: 'Logement', url: 'https://exemple.test/i', days: 14 },
    });
  const states = async (made: { box: ReturnType<typeof outbox> }) =>
    (await all(made.box)).map(({ key, state, tries, error }) => ({ key, state, tries, error }));

  it('is done once for each key', async () => {
    const made = mails();
    await order(made, 'a');
    await order(made, 'a');
    await expect.poll(() => states(made)).toEqual([{ key: 'a', state: 'sent', tries: 1, error: '' }]);
    expect(carried).toEqual(['a']);
  });

  it('[MAIL-2] is tried again with growing pauses, until it is taken', async () => {
    const made = mails();
    const later = { kind: 'later', reason: '450 come back' } as const;
    answers = [later, later];
    await order(made, 'a');
    await expect
      .poll(() => states(made))
      .toMatchObject([{ state: 'waiting', tries: 1, error: '450 come back' }]);
    now += MINUTE;
    await expect.poll(() => states(made)).toMatchObject([{ state: 'waiting', tries: 2 }]);
    now += MINUTE;
    await made.box.put(letter('other'), at(now));
    await expect
      .poll(async () => (await states(made)).find(({ key }) => key === 'other')?.state)
      .toBe('sent');
    expect(carried.filter((key) => key === 'a')).toHaveLength(2);
    now += MINUTE;
    await expect.poll(async () => (await states(made)).every(({ state }) => state === 'sent')).toBe(true);
  });

  it('[MAIL-2] ends with what is refused for good, and with what could not be sent for two days', async () => {
    const made = mails();
    answers = [{ kind: 'never', reason: '550 nobody here' }];
    await order(made, 'a');
    await expect.poll(() => states(made)).toMatchObject([{ state: 'failed', error: '550 nobody here' }]);
    answers = [
      { kind: 'later', reason: 'away' },
      { kind: 'later', reason: 'still away' },
    ];
    await order(made, 'b');
    await expect.poll(async () => (await states(made)).find(({ key }) => key === 'b')?.tries).toBe(1);
    now += 2 * DAY;
    await expect
      .poll(async () => (await states(made)).find(({ key }) => key === 'b'))
      .toMatchObject({ state: 'failed', error: 'still away' });
  });

  it('[MAIL-6] [MAIL-2] ends with what is of no use any more, also without a mail server', async () => {
    const made = mails({ by: undefined });
    await made.box.put(letter('link'), at(0, MINUTE));
    await made.box.put(letter('other'), at(0, 2 * MINUTE));
    now = MINUTE;
    await expect
      .poll(async () => (await all(made.box)).map(({ key, state, text }) => ({ key, state, text })))
      .toEqual([
        { key: 'other', state: 'waiting', text: 'secret' },
        { key: 'link', state: 'failed', text: '' },
      ]);
  });

  it('[MAIL-5] does not happen without a mail server: what was ordered lies there to be read', async () => {
    const made = mails({ by: undefined });
    await order(made, 'a');
    expect(made.isSending).toBe(false);
    expect(await all(made.box)).toMatchObject([{ key: 'a', state: 'waiting', tries: 0 }]);
    expect((await all(made.box))[0]?.text).toContain('https://exemple.test/i');
  });
});
