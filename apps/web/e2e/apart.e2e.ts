import { expect, test } from '@playwright/test';
import { Company } from './support/company.ts';
import { Network, whyNoNamespaces } from './support/network.ts';
import { useCluster } from './support/use-cluster.ts';

const why = await whyNoNamespaces();
test.skip(why !== undefined, why ?? '');

let network: Network | undefined;

// Hubs and media nodes are machines of their own; PostgreSQL, Redis and the browsers are outside.
// Several processes and browsers on one machine, which may be busy with others.
test.describe.configure({ timeout: 240_000 });

const real = useCluster(async () => {
  const made = (network = await Network.create());
  return {
    // So little that a worker has no room for another person: a third one is put on the other node.
    env: { RELAIS_MEDIA_BUDGET: '1' },
    machines: async (redisUrl) => ({
      hubs: [await made.machine(redisUrl), await made.machine(redisUrl)],
      nodes: [await made.machine(redisUrl), await made.machine(redisUrl)],
    }),
  };
});

test.afterAll(async () => {
  await network?.close();
});

const THREE = [
  { name: 'Ana', hub: 0 },
  { name: 'Béa', hub: 1 },
  { name: 'Cléo', hub: 1 },
];

const SOON = { timeout: 30_000 };

async function nodesOf(company: Company) {
  return Promise.all(company.people.map((person) => real.cluster.nodeOf(person)));
}

test('[MEDIA-8] the network between a hub and a media node is cut: its people are opened on the other node, and all see and hear each other', async () => {
  const company = await Company.gather(real, THREE);
  const [ofAna] = await nodesOf(company);
  const hub = real.cluster.hubs[0]!;
  const cutAt = Date.now();
  await network!.cut(hub.host, ofAna!.address);
  await expect
    .poll(async () => {
      const [now] = await nodesOf(company);
      return now !== undefined && now !== ofAna;
    }, SOON)
    .toBe(true);
  await company.expectSeeAndHear();
  await company.reportInterruptions('a hub and a media node are cut off from each other', cutAt);
  await company.write(company.people[0]!, 'écrit malgré la coupure');
  await company.expectWhole();
  await network!.mend(hub.host, ofAna!.address);
  await company.close();
});

test('[MEDIA-8] the network between two media nodes is cut: the meeting is brought together on one of them', async () => {
  const company = await Company.gather(real, THREE);
  expect(new Set(await nodesOf(company)).size, 'media nodes that carry the meeting').toBe(2);
  const [one, other] = real.cluster.nodes;
  const cutAt = Date.now();
  await network!.cut(one!.address, other!.address);
  await expect
    .poll(async () => {
      const nodes = new Set(await nodesOf(company));
      return nodes.size === 1 && !nodes.has(undefined);
    }, SOON)
    .toBe(true);
  await company.expectSeeAndHear();
  await company.reportInterruptions('two media nodes are cut off from each other', cutAt);
  await company.write(company.people[2]!, 'écrit malgré la coupure');
  await company.expectWhole();
  await network!.mend(one!.address, other!.address);
  await company.close();
});
