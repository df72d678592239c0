import { picturesIn, ratesIn, soundIn, speakingIn } from '@relais/testing/lab/measures';
import { PROFILES, type ProfileName } from '@relais/testing/lab/profiles';
import { prepareEnvironment } from '../setup.ts';
import { gather, heardBy, openPlace, TURNS } from './meeting.ts';

const env = await prepareEnvironment();
await using stack = new AsyncDisposableStack();
const place = await openPlace(env, stack);
const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));
for (const name of process.argv.slice(2) as ProfileName[]) {
  const meeting = await gather(place);
  console.log('gathered', meeting.ids.length, name);
  await sleep(3000);
  await meeting.person.line.change(PROFILES[name]);
  await sleep(12_000);
  await meeting.take();
  const before = await meeting.person.line.counters();
  const from = Date.now();
  await sleep(TURNS.order.length * TURNS.turnMs);
  const after = await meeting.person.line.counters();
  const all = await meeting.take();
  const window = { from, to: Date.now() };
  const speaking = speakingIn(TURNS, window);
  const idOf = (i: number) => meeting.ids[i]!;
  console.log(
    'received',
    soundIn(
      all.own,
      speaking.filter((s) => s.index !== 0),
      idOf,
    ),
  );
  for (let i = 1; i < 6; i++)
    console.log(
      'sent, as',
      i,
      'hears',
      soundIn(
        all.others,
        speaking.filter((s) => s.index === 0),
        () => heardBy(idOf(0), i),
      ),
    );
  console.log(
    'pictures',
    picturesIn(
      all.own,
      speaking.filter((s) => s.index !== 0),
      (i) => [idOf(i)],
    ),
  );
  console.log('rates', ratesIn(all.own, window));
  const s = (after.at - before.at) / 1000;
  console.log(
    'line kbit/s up',
    ((after.sent.bytes - before.sent.bytes) * 8) / 1000 / s,
    'down',
    ((after.received.bytes - before.received.bytes) * 8) / 1000 / s,
    await meeting.person.line.dropped(),
  );
  console.log('last', JSON.stringify(all.own.at(-1), null, 0));
  await meeting.close();
}
