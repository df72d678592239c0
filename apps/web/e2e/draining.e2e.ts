import { expect, test } from '@playwright/test';
import { Company } from './support/company.ts';
import type { ServerProcess } from './support/server-process.ts';
import { useCluster } from './support/use-cluster.ts';

// Several processes and browsers on one machine, which may be busy with others.
test.describe.configure({ timeout: 240_000 });

const real = useCluster(() => ({ env: { RELAIS_DRAIN_SECONDS: '5' } }));

test('[DRAIN-1] a media node that is told to stop sends its people to the other one before it does', async () => {
  const company = await Company.gather(real, [
    { name: 'Ana', hub: 0 },
    { name: 'Béa', hub: 1 },
  ]);
  const node = await real.cluster.nodeOf(company.people[0]!);
  const toldAt = Date.now();
  await node!.process.terminate();
  await company.expectSeeAndHear();
  await company.reportInterruptions('a media node drains', toldAt);
  for (const person of company.people) expect(await real.cluster.nodeOf(person)).not.toBe(node);
  await company.expectWhole();
  await node!.process.up();
  await real.cluster.ready();
  await company.close();
});

test('[DRAIN-1] every hub and media node is started again, one after another, during a meeting: no event and no seat is lost', async () => {
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
  for (const [i, [name, process]] of all.entries()) {
    const toldAt = Date.now();
    const stopped = process.terminate();
    await company.write(company.people[i % company.people.length]!, `pendant l’arrêt : ${name}`);
    await stopped;
    await process.up();
    await real.cluster.ready();
    await company.expectSeeAndHear();
    await company.reportInterruptions(`${name} is started again`, toldAt);
  }
  await company.expectWhole();
  await company.close();
});
