import type { CrowdCall, CrowdAnswer, Observed } from './crowd.ts';
import { now, Person, type Place } from './person.ts';

/** A process full of people: those who sit and listen, and some who come and go. Driven by `crowd.ts`. */

/** Joining at once, so that the hubs are not asked for all at once. */
const AT_ONCE = 8;

const listeners: Person[] = [];
const visitors = new Map<string, Person>();
/** By what was heard: who heard it and when, in turns. */
const heard = new Map<string, number[]>();

function hear(person: number, key: string): void {
  const at = now();
  const times = heard.get(key);
  if (times) times.push(person, at);
  else heard.set(key, [person, at]);
}

async function seat(places: readonly Place[]): Promise<void> {
  const first = listeners.length;
  const waiting = places.map((place, n) => ({ place, person: first + n }));
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { place, person } = next;
      const listener = new Person(place, (key) => hear(person, key));
      listeners[person] = listener;
      await listener.connect();
      await listener.join();
      await listener.produce();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function visit(name: string, place: Place): Promise<number> {
  const visitor = new Person(place, () => undefined);
  visitors.set(name, visitor);
  await visitor.connect();
  return visitor.join();
}

async function comeBack(name: string): Promise<number> {
  const visitor = visitorOf(name);
  await visitor.connect();
  return visitor.join();
}

function visitorOf(name: string): Person {
  const visitor = visitors.get(name);
  if (!visitor) throw new Error(`nobody is called ${name}`);
  return visitor;
}

function observed(): Observed {
  const all = [...heard];
  heard.clear();
  return all;
}

async function doIt(call: CrowdCall): Promise<CrowdAnswer['value']> {
  switch (call.do) {
    case 'seat':
      return seat(call.places).then(() => 0);
    case 'post':
      return listeners[call.person]!.post(call.id, call.text);
    case 'visit':
      return visit(call.place.name, call.place);
    case 'cut':
      return visitorOf(call.name).cut();
    case 'back':
      return comeBack(call.name);
    case 'leave':
      return visitorOf(call.name).leave();
    case 'whoIs':
      return visitorOf(call.name).participantId;
    case 'observed':
      return observed();
    case 'facts':
      return listeners.reduce((sum, { facts }) => sum + facts, 0);
    case 'cpu': {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    }
    case 'disperse':
      for (const person of [...listeners.splice(0), ...visitors.values()]) person.close();
      visitors.clear();
      heard.clear();
      return 0;
  }
}

process.on('message', (message: CrowdCall & { call: number }) => {
  const answer = (value: CrowdAnswer['value'], error?: string) =>
    process.send?.({
      call: message.call,
      value,
      ...(error !== undefined && { error }),
    } satisfies CrowdAnswer);
  doIt(message).then(
    (value) => answer(value),
    (error: unknown) => answer(0, error instanceof Error ? error.message : String(error)),
  );
});
process.on('disconnect', () => process.exit(0));
process.stdout.write('the crowd is ready\n');
