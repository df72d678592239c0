import { expect, type Browser } from '@playwright/test';
import type { Cluster } from './cluster.ts';
import { interruption, report, watchMedia } from './interruption.ts';
import { expectAudible, expectMovingPicture } from './media.ts';
import { Person } from './person.ts';

export interface Guest {
  name: string;
  /** Number of the hub, from 0, that this person's address leads to while it is ready. */
  hub: number;
  /** With camera and microphone; otherwise to listen and write. */
  devices?: boolean;
  /** Runs in the page before anything of ours does. */
  before?: () => void;
}

/** Some people in one meeting of a cluster, and what must hold for them whatever is lost. */
export class Company {
  readonly code: string;
  readonly people: readonly Person[];
  readonly #cluster: Cluster;
  readonly #sending: ReadonlySet<Person>;
  readonly #written: string[] = [];

  /** They come in one after another, see and hear each other, and have the messages open. */
  static async gather(
    { cluster, browser }: { cluster: Cluster; browser: Browser },
    guests: readonly Guest[],
  ): Promise<Company> {
    const code = await cluster.createMeeting();
    const people: Person[] = [];
    const sending = new Set<Person>();
    for (const { name, hub, devices = true, before } of guests) {
      const url = cluster.door(hub);
      const person = await Person.joining(browser, { url, code, name, devices, ...(before && { before }) });
      await person.page.evaluate(() => Object.assign(window, { loadedOnce: true }));
      await person.openMessages();
      await watchMedia(person.page);
      people.push(person);
      if (devices) sending.add(person);
    }
    const company = new Company({ code, people, cluster, sending });
    await company.expectSeeAndHear();
    return company;
  }

  private constructor(parts: {
    code: string;
    people: readonly Person[];
    cluster: Cluster;
    sending: ReadonlySet<Person>;
  }) {
    this.code = parts.code;
    this.people = parts.people;
    this.#cluster = parts.cluster;
    this.#sending = parts.sending;
  }

  /** Posts a message by the interface; it counts as written, and must be there in the end, once. */
  async write(person: Person, text: string): Promise<void> {
    this.#written.push(text);
    await person.write(text);
  }

  /** Everybody sees everybody else move who has a camera, and hears them. */
  async expectSeeAndHear(): Promise<void> {
    await Promise.all(
      this.people.map(async (person) => {
        const others = this.#othersSending(person);
        for (const other of others) await expectMovingPicture(person, other.name, 30_000);
        await expectAudible(person, others.length);
      }),
    );
  }

  /** Prints how long each was without sound and pictures since `since`; they are back. */
  async reportInterruptions(what: string, since: number): Promise<void> {
    const measured = await Promise.all(
      this.people.map((person) => {
        const others = this.#othersSending(person).length;
        return interruption(person, since, { voices: others, pictures: others });
      }),
    );
    report(what, measured);
  }

  /** A message that is written is read by all. */
  async expectRead(text: string): Promise<void> {
    for (const person of this.people) {
      await expect
        .poll(() => person.texts(), { message: `${person.name} reads`, timeout: 30_000 })
        .toContain(text);
    }
  }

  /**
   * [LOG-3] [LOG-4] [CHAT-2] Each message once, in one order, on every screen and in the log; [DRAIN-1] the seats are those that
   * were taken at first; nobody is shown as cut off; and nobody's page was loaded anew.
   */
  async expectWhole(): Promise<void> {
    await expect
      .poll(async () => (await this.#posted()).sort(), { message: 'in the log', timeout: 30_000 })
      .toEqual([...this.#written].sort());
    const posted = await this.#posted();
    for (const person of this.people) {
      await expect
        .poll(() => person.texts(), { message: `${person.name} reads`, timeout: 30_000 })
        .toEqual(posted);
      await this.#expectAllThere(person);
      expect(await person.page.evaluate(() => 'loadedOnce' in window), `${person.name} never reloaded`).toBe(
        true,
      );
    }
    const types = (await this.#cluster.postgres.eventsOf(this.code)).map(({ type }) => type);
    expect(types.filter((type) => type !== 'messagePosted')).toEqual([
      'meetingCreated',
      ...this.people.map(() => 'participantJoined'),
    ]);
  }

  async close(): Promise<void> {
    await Promise.all(this.people.map((person) => person.close()));
  }

  async #expectAllThere(person: Person): Promise<void> {
    for (const other of this.people) {
      if (other === person) continue;
      await expect(person.tile(other.name)).toHaveCount(1);
      await expect(person.tile(other.name).getByText('Coupure réseau')).toHaveCount(0);
    }
  }

  async #posted(): Promise<string[]> {
    const events = await this.#cluster.postgres.eventsOf(this.code);
    return events.flatMap((event) => (event.type === 'messagePosted' ? [event.text] : []));
  }

  #othersSending(person: Person): Person[] {
    return this.people.filter((other) => other !== person && this.#sending.has(other));
  }
}

/** The moment is over: for an outage that has to last. */
export function pastMoment(at: number): Promise<void> {
  return expect.poll(() => Date.now(), { timeout: 60_000, intervals: [50] }).toBeGreaterThanOrEqual(at);
}
