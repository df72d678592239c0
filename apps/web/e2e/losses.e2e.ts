import { expect, test } from '@playwright/test';
import { Company, pastMoment } from './support/company.ts';
import type { MediaNodeProcess } from './support/cluster.ts';
import { inbound } from './support/media.ts';
import { connectionsMade } from './support/media-routes.ts';
import type { Person } from './support/person.ts';
import { useCluster } from './support/use-cluster.ts';

// Several processes and browsers on one machine, which may be busy with others; one meeting lives through all of it.
test.describe.configure({ mode: 'serial', timeout: 240_000 });

const real = useCluster();
let company: Company;

/** What is said while the log is away. */
const WAITING = /Vos messages sont gardés ici et partiront d’eux-mêmes/;
/** How long Redis and PostgreSQL are away. */
const AWAY_MS = 10_000;

/** What a computer at work elsewhere makes of the line would be kept from one loss to the next, and is not what is looked at. */
const before = () => localStorage.setItem('relais:line-care', 'off');
const THREE = [
  { name: 'Ana', hub: 0, before },
  { name: 'Béa', hub: 1, before },
  { name: 'Cléo', hub: 0, before, devices: false },
];

// They leave with their browser.
test.beforeAll(async () => {
  company = await Company.gather(real, THREE);
});

/** The media node that everybody is on; a meeting of few is on one. */
async function nodeOfAll(): Promise<MediaNodeProcess> {
  const nodes = await Promise.all(company.people.map((person) => real.cluster.nodeOf(person)));
  expect(new Set(nodes).size).toBe(1);
  return nodes[0]!;
}

/** What is of the present, not of the log, comes through too. */
async function muteAndUnmute(person: Person, seenBy: Person): Promise<void> {
  const mark = seenBy.tile(person.name).getByText('micro coupé');
  await person.button('Micro').click();
  await expect(mark).toBeAttached();
  await person.button('Micro coupé').click();
  await expect(mark).toHaveCount(0);
}

function framesDecoded(person: Person): Promise<number> {
  return inbound(person.page).then((all) => Math.max(0, ...all.map(({ framesDecoded: n }) => n || 0)));
}

const REDIS_AWAY = [
  {
    how: 'started again, empty',
    away: () => real.cluster.redis.stop(),
    back: () => real.cluster.redis.start(),
    forMs: 0,
  },
  {
    how: 'stopped for ten seconds',
    away: () => real.cluster.redis.stop(),
    back: () => real.cluster.redis.start(),
    forMs: AWAY_MS,
  },
  {
    how: 'hanging for ten seconds',
    away: async () => process.kill(real.cluster.redis.pid, 'SIGSTOP'),
    back: async () => process.kill(real.cluster.redis.pid, 'SIGCONT'),
    forMs: AWAY_MS,
  },
];

test('[PRES-4] while Redis is away people go on talking and reading each other, on one hub and on two, and all is equal afterwards', async () => {
  const [ana, bea, cleo] = company.people;
  for (const { how, away, back, forMs } of REDIS_AWAY) {
    await test.step(`Redis is ${how}`, async () => {
      const awayAt = Date.now();
      await away();
      try {
        await company.write(ana!, `Ana, Redis ${how}`);
        await company.write(bea!, `Béa, Redis ${how}`);
        if (forMs > 0) {
          // The people of one hub hear of each other as ever, those of two read each other by the log.
          await muteAndUnmute(ana!, cleo!);
          await company.expectWhole();
          await company.expectSeeAndHear();
        }
        await pastMoment(awayAt + forMs);
      } finally {
        await back();
      }
      await company.write(cleo!, `Cléo, après : ${how}`);
      await muteAndUnmute(bea!, ana!);
      await company.expectSeeAndHear();
      await company.expectWhole();
    });
  }
});

test('[LOG-3] PostgreSQL is stopped for ten seconds: the call goes on, messages say that they wait, and arrive once', async () => {
  const [ana, bea] = company.people;
  const made = await Promise.all(company.people.map(({ page }) => connectionsMade(page)));
  const awayAt = Date.now();
  await real.cluster.postgres.stop();
  try {
    for (const person of [ana!, bea!]) {
      await company.write(person, `${person.name} sans base`);
      await expect(person.page.getByText(/le serveur ne peut pas l’enregistrer/)).toBeVisible();
      await expect(person.page.getByText(WAITING)).toBeVisible();
    }
    await company.expectSeeAndHear();
    await pastMoment(awayAt + AWAY_MS);
  } finally {
    await real.cluster.postgres.start();
  }
  await company.expectWhole();
  for (const person of company.people) {
    await expect(person.page.getByText(/le serveur ne peut pas l’enregistrer/)).toHaveCount(0);
    await expect(person.page.getByText(WAITING)).toHaveCount(0);
  }
  await company.expectSeeAndHear();
  expect(await Promise.all(company.people.map(({ page }) => connectionsMade(page)))).toEqual(made);
  await real.cluster.ready();
});

test('[MEDIA-7] a media node is killed: sound and pictures are back on the other one, without a reload', async () => {
  const node = await nodeOfAll();
  const lostAt = Date.now();
  await node.process.kill();
  await company.write(company.people[0]!, 'écrit sans image');
  await company.expectSeeAndHear();
  await company.reportInterruptions('a media node is killed', lostAt);
  expect(await nodeOfAll()).not.toBe(node);
  await company.expectWhole();
  await node.process.up();
});

test('[MEDIA-7] the worker of a media node is killed: sound and pictures are back, without a reload', async () => {
  const node = await nodeOfAll();
  const [worker] = node.process.workerPids();
  const lostAt = Date.now();
  process.kill(worker!, 'SIGKILL');
  await company.write(company.people[1]!, 'écrit sans image');
  await company.expectSeeAndHear();
  await company.reportInterruptions('a worker is killed', lostAt);
  await company.expectWhole();
  await expect.poll(() => node.process.workerPids().length).toBe(1);
});

// Last: they stay on the other hub afterwards.
test('[PRES-2] [JOIN-2] a hub is killed: its people are back on the other one, in their seats, and pictures never stop', async () => {
  const made = await Promise.all(company.people.map(({ page }) => connectionsMade(page)));
  const [ana, bea] = company.people;
  await company.write(ana!, 'avant la perte');
  await company.expectRead('avant la perte');

  const lostAt = Date.now();
  await real.cluster.hubs[0]!.process.kill();
  const before = await Promise.all(company.people.map(framesDecoded));
  await Promise.all([company.write(ana!, 'écrit sans centre'), company.write(bea!, 'écrit à côté')]);
  for (const [i, person] of company.people.entries()) {
    await expect.poll(() => framesDecoded(person)).toBeGreaterThan(before[i]!);
  }
  await company.expectRead('écrit sans centre');
  await company.expectWhole();
  await company.expectSeeAndHear();
  await company.reportInterruptions('a hub is killed', lostAt);
  expect(await Promise.all(company.people.map(({ page }) => connectionsMade(page)))).toEqual(made);

  await real.cluster.hubs[0]!.process.up();
  await real.cluster.ready();
});
