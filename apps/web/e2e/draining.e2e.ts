import { expect, test } from '@playwright/test';
import { Company } from './support/company.ts';
import type { ServerProcess } from './support/server-process.ts';
import { useCluster } from './support/use-cluster.ts';

// Several processes and browsers on one machine, which may be busy with others.
test.describe.configure({ timeout: 240_000 });

const real = useCluster(() => ({ env: { RELAIS_DRAIN_SECONDS: '5' } }));

test('[DRAIN-1] every hub and media node is started again, one after another, during a meeting: people are on the other node before theirs stops, and no event and no seat is lost', async () => {
  const company = await Company.gather(real, [
    { name: 'Ana', hub: 0 },
    { name: 'Béa', hub: 1 },
    { name: 'Cléo', hub: 0, devices: false },
  ]);
  const { hubs, nodes } = real.cluster;
  const all: [string, ServerProcess][] = [
    ...nodes.map(({ process }, i): [string, ServerProcess] => [`media node ${i + 1}`, process]),
    ...hubs.map(({ process }, i): [string, ServerProcess] => [`hub ${i + 1}`, process]),
  ];
  const carriers = () => Promise.all(company.people.map((person) => real.cluster.nodeOf(person)));
  let left = 0;
  for (const [i, [name, process]] of all.entries()) {
    const carried = (await carriers()).some((node) => node?.process === process);
    const toldAt = Date.now();
    const stopped = process.terminate();
    await company.write(company.people[i % company.people.length]!, `pendant l’arrêt : ${name}`);
    await stopped;
    if (carried) {
      left += 1;
      // While it is away: what they have, they have from the other one.
      await company.expectSeeAndHear();
      for (const node of await carriers()) expect(node?.process).not.toBe(process);
    }
    await process.up();
    await real.cluster.ready();
    await company.expectSeeAndHear();
    await company.reportInterruptions(`${name} is started again`, toldAt);
  }
  expect(left, 'media nodes that people had to leave').toBeGreaterThan(0);
  await company.expectWhole();
  await company.close();
});
