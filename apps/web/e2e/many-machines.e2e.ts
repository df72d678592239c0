import { expect, test } from '@playwright/test';
import { Company } from './support/company.ts';
import { useCluster } from './support/use-cluster.ts';

// Several processes and browsers on one machine, which may be busy with others.
test.describe.configure({ timeout: 240_000 });

// So little that a worker has no room for a second person: the next one is put on the other node.
const real = useCluster(() => ({ env: { RELAIS_MEDIA_BUDGET: '1' } }));

test('[MEDIA-8] [PRES-3] [CHAT-3] people on two hubs and two media nodes see, hear and read each other', async () => {
  const company = await Company.gather(real, [
    { name: 'Ana', hub: 0 },
    { name: 'Béa', hub: 1 },
    { name: 'Cléo', hub: 1 },
  ]);
  const nodes = await Promise.all(company.people.map((person) => real.cluster.nodeOf(person)));
  expect(nodes).not.toContain(undefined);
  expect(new Set(nodes).size, 'media nodes that carry the meeting').toBe(2);

  for (const [i, person] of company.people.entries()) await company.write(person, `message ${i + 1}`);
  await Promise.all(company.people.map((person) => company.write(person, `ensemble, ${person.name}`)));
  await company.expectWhole();

  // What is done on one hub is seen by the people of the other, on the other node.
  const [ana, bea, cleo] = company.people;
  await ana!.button('Micro').click();
  for (const person of [bea!, cleo!]) {
    await expect(person.tile('Ana').getByText('micro coupé')).toBeAttached();
  }
  await ana!.button('Micro coupé').click();
  await company.expectSeeAndHear();
  await company.close();
});
