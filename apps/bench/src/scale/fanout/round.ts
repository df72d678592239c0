import { randomUUID } from 'node:crypto';
import { processCpu, processMemoryMb } from '../process-cpu.ts';
import { addressOf, createMeeting, type Backends } from '../backends.ts';
import type { Running } from '../../servers/child.ts';
import type { Crowd } from './crowd.ts';
import type { Place } from './person.ts';

export const MEETINGS = 4;
const MESSAGES_PER_SECOND = 16;
/** Somebody comes, is cut off, comes back or leaves so often, in one meeting or another. */
const CHANGES_PER_SECOND = 4;
/** What is late by more than this is lost. */
const ARRIVAL_MS = 10_000;
/** As long as a message of two lines. */
const TEXT =
  'Bonjour à toutes et à tous, le compte rendu de mardi est prêt ; dites-moi avant vendredi ce qui y manque, merci.';

export type Kind = 'message' | 'joined' | 'left' | 'cut' | 'back';

/** Something that was done, and that everybody who listens in the meeting is to hear. */
interface Deed {
  kind: Kind;
  key: string;
  meeting: number;
  at: number;
}

export interface Round {
  /** Milliseconds from doing to each one's hearing. */
  delays: Record<Kind, number[]>;
  lost: number;
  repeated: number;
  /** Cores in use meanwhile. */
  cpu: { hubs: number; busiestHub: number; crowd: number; redis: number };
  /** Of the largest hub. */
  memoryMb: number;
  /** Things heard in each second, all listeners together. */
  heardPerSecond: number;
}

type Counted = Pick<Round, 'delays' | 'lost' | 'repeated'>;
/** By what was heard and by who heard it: when, each time. */
type Observations = Map<string, Map<string, number[]>>;

/** One number of hubs, fresh processes, a crowd spread over them: what each hears and how late. */
export async function runRound(
  backends: Backends,
  crowds: readonly Crowd[],
  given: { hubs: number; people: number; seconds: number },
): Promise<Round> {
  await using stack = new AsyncDisposableStack();
  const hubs = await Promise.all(Array.from({ length: given.hubs }, () => backends.startHub()));
  stack.defer(() => Promise.all(hubs.map((hub) => hub.stop())).then(() => undefined));
  const company = await Company.gather(hubs, crowds, given.people);
  stack.defer(() => company.disperse());
  await company.live(given.seconds / 4);
  await company.observed();
  const pids = { hubs: hubs.map(({ pid }) => pid), redis: backends.redisPid };
  const before = await used(pids, crowds);
  const began = performance.now();
  const deeds = await company.live(given.seconds);
  const elapsed = (performance.now() - began) / 1000;
  const after = await used(pids, crowds);
  const counted = await company.hearings(deeds);
  const perHub = after.hubs.map((cpu, i) => (cpu - before.hubs[i]!) / elapsed);
  return {
    ...counted,
    cpu: {
      hubs: perHub.reduce((sum, cpu) => sum + cpu, 0),
      busiestHub: Math.max(...perHub),
      crowd: (after.crowd - before.crowd) / elapsed,
      redis: (after.redis - before.redis) / elapsed,
    },
    memoryMb: Math.max(...pids.hubs.map(processMemoryMb)),
    heardPerSecond: Object.values(counted.delays).flat().length / elapsed,
  };
}

async function used(pids: { hubs: number[]; redis: number }, crowds: readonly Crowd[]) {
  const crowd = await Promise.all(crowds.map((one) => one.cpu()));
  return {
    hubs: pids.hubs.map(processCpu),
    redis: processCpu(pids.redis),
    crowd: crowd.reduce((sum, cpu) => sum + cpu, 0),
  };
}

/** The listeners of all meetings, each meeting's spread over all hubs and all crowds; and those who come and go. */
class Company {
  readonly #crowds: readonly Crowd[];
  readonly #places: (meeting: number, person: number) => Place;
  readonly #people: number;
  #visits = 0;

  static async gather(hubs: readonly Running[], crowds: readonly Crowd[], people: number): Promise<Company> {
    const codes: string[] = [];
    for (let i = 0; i < MEETINGS; i += 1) codes.push(await createMeeting(hubs[0]!.url, addressOf(60_000)));
    const place = (meeting: number, person: number): Place => ({
      url: hubs[person % hubs.length]!.url,
      code: codes[meeting]!,
      name: `Participante ${person}`,
      address: addressOf(meeting * 1000 + person),
    });
    const company = new Company(crowds, place, people);
    await Promise.all(crowds.map((crowd, c) => crowd.at({ do: 'seat', places: company.#seatsOf(c) })));
    return company;
  }

  private constructor(
    crowds: readonly Crowd[],
    places: (meeting: number, person: number) => Place,
    people: number,
  ) {
    this.#crowds = crowds;
    this.#places = places;
    this.#people = people;
  }

  /** Listener `n` of a crowd sits in meeting `n % MEETINGS`. */
  #seatsOf(crowd: number): Place[] {
    const size = this.#people / this.#crowds.length;
    return Array.from({ length: size }, (_, n) =>
      this.#places(n % MEETINGS, crowd * (size / MEETINGS) + Math.floor(n / MEETINGS)),
    );
  }

  /** People write, and others come and go, at an even pace that waits for nobody. */
  async live(seconds: number): Promise<Deed[]> {
    const doing: Promise<Deed | undefined>[] = [];
    const visitors = Array.from({ length: MEETINGS }, (_, meeting) => new Visitor(this, meeting));
    let changes = 0;
    const writing = every(1000 / MESSAGES_PER_SECOND, (n) => doing.push(this.#post(n)));
    const moving = every(1000 / CHANGES_PER_SECOND, () => {
      const visitor = visitors[changes % MEETINGS]!;
      changes += 1;
      doing.push(visitor.next());
    });
    await sleep(seconds * 1000);
    writing();
    moving();
    const deeds = await Promise.all(doing);
    await Promise.all(visitors.map((visitor) => visitor.end()));
    return deeds.filter((deed) => deed !== undefined);
  }

  async #post(n: number): Promise<Deed> {
    const crowd = n % this.#crowds.length;
    // Every next one of its listeners, so that nobody meets the limit of messages per person.
    const person = Math.floor(n / this.#crowds.length) % (this.#people / this.#crowds.length);
    const id = randomUUID();
    const at = await this.#crowds[crowd]!.at({ do: 'post', person, id, text: TEXT });
    return { kind: 'message', key: `m:${id}`, meeting: person % MEETINGS, at };
  }

  /** Somebody with a name that nobody else has, on each hub in turn. */
  newcomer(meeting: number): { place: Place; crowd: Crowd } {
    this.#visits += 1;
    const place = this.#places(meeting, 300 + (this.#visits % 600));
    return {
      place: { ...place, name: `Visiteuse ${randomUUID()}` },
      crowd: this.#crowds[this.#visits % this.#crowds.length]!,
    };
  }

  /** Each deed against what each listener heard of it; what is late is waited for. */
  async hearings(deeds: readonly Deed[]): Promise<Counted> {
    const until = performance.now() + ARRIVAL_MS;
    const observed = await this.observed();
    for (;;) {
      const counted = count(deeds, observed, this.#people / MEETINGS);
      if (counted.lost === 0 || performance.now() > until) return counted;
      await sleep(200);
      await this.observed(observed);
    }
  }

  async observed(all: Observations = new Map()): Promise<Observations> {
    for (const [c, crowd] of this.#crowds.entries()) {
      for (const [key, times] of await crowd.observed()) {
        const who = all.get(key) ?? new Map<string, number[]>();
        all.set(key, who);
        for (let i = 0; i < times.length; i += 2) {
          const person = `${c}/${times[i]}`;
          who.set(person, [...(who.get(person) ?? []), times[i + 1]!]);
        }
      }
    }
    return all;
  }

  async disperse(): Promise<void> {
    await Promise.all(this.#crowds.map((crowd) => crowd.at({ do: 'disperse' })));
  }
}

const STEPS = ['joined', 'cut', 'back', 'left'] as const;

/** Comes, is cut off, comes back and leaves; then the next one does. One step at a time. */
class Visitor {
  readonly #company: Company;
  readonly #meeting: number;
  #step = 0;
  #busy: Promise<unknown> = Promise.resolve();
  #who: { place: Place; crowd: Crowd; id: string } | undefined;

  constructor(company: Company, meeting: number) {
    this.#company = company;
    this.#meeting = meeting;
  }

  next(): Promise<Deed> {
    const done = this.#busy.then(() => this.#do(STEPS[this.#step++ % STEPS.length]!));
    this.#busy = done.catch(() => undefined);
    return done;
  }

  /** Nobody is left cut off: they would be given up in the midst of what is measured next. */
  async end(): Promise<void> {
    await this.#busy;
    while (this.#who) await this.next();
  }

  async #do(kind: (typeof STEPS)[number]): Promise<Deed> {
    if (kind === 'joined') return this.#join();
    const who = this.#who;
    if (!who) throw new Error('nobody has joined');
    const { name } = who.place;
    const call = { cut: 'cut', back: 'back', left: 'leave' } as const;
    const at = await who.crowd.at({ do: call[kind], name });
    if (kind === 'left') this.#who = undefined;
    const letter = { cut: 'c', back: 'b', left: 'l' }[kind];
    return { kind, key: `${letter}:${who.id}`, meeting: this.#meeting, at };
  }

  async #join(): Promise<Deed> {
    const { place, crowd } = this.#company.newcomer(this.#meeting);
    const at = await crowd.at({ do: 'visit', place });
    this.#who = { place, crowd, id: await crowd.whoIs(place.name) };
    return { kind: 'joined', key: `j:${place.name}`, meeting: this.#meeting, at };
  }
}

/** Each deed against what each listener of its meeting heard of it. */
function count(deeds: readonly Deed[], observed: Observations, listeners: number): Counted {
  const delays: Round['delays'] = { message: [], joined: [], left: [], cut: [], back: [] };
  let lost = 0;
  let repeated = 0;
  for (const { kind, key, at } of deeds) {
    const heard = [...(observed.get(key)?.values() ?? [])]
      .map((times) => times.filter((time) => time >= at && time < at + ARRIVAL_MS))
      .filter((times) => times.length > 0);
    lost += listeners - heard.length;
    if (kind === 'message') repeated += heard.filter((times) => times.length > 1).length;
    delays[kind].push(...heard.map((times) => Math.min(...times) - at));
  }
  return { delays, lost, repeated };
}

/** Calls at an even pace, catching up after a pause; until the returned function is called. */
function every(ms: number, call: (n: number) => void): () => void {
  const began = performance.now();
  let n = 0;
  const timer = setInterval(
    () => {
      for (; performance.now() - began >= n * ms; n += 1) call(n);
    },
    Math.min(ms, 10),
  );
  return () => clearInterval(timer);
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
