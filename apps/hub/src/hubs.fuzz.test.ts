import { evolve, viewFor } from '@relais/domain';
import type { ClientMessageId, MeetingState, PeerId } from '@relais/protocol';
import { microphone } from '@relais/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Browser, Refused } from '../test-support/browser.ts';
import { CODE, MEDIA, MEETING_ID } from '../test-support/hub-rig.ts';
import { HubsRig, type OneHub } from '../test-support/hubs-rig.ts';
import { createTroubledLog } from '../test-support/troubled-log.ts';
import { seeded } from '@relais/domain/breakout/seeded';

const BROWSERS = 6;
const STEPS = 250;
const GRACE_MS = 15_000;
/** Seeds that once found something stay here by name; the others are there to find the next. */
const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A browser with the media that it has open. */
class Person extends Browser {
  peerId: PeerId | undefined;
}

test.each(SEEDS)(
  '[PRES-1] [PRES-2] [PRES-5] [LOG-3] hubs that die, start and lose each other end with one meeting for all, whoever leaves and whatever is away (seed %i)',
  async (seed) => {
    const random = seeded(seed);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
    const trouble = createTroubledLog();
    const rig = new HubsRig({ delivered: 'when asked', graceMs: GRACE_MS, log: trouble.log });
    await rig.createMeeting();
    const settle = () => vi.advanceTimersByTimeAsync(0);
    for (let i = 0; i < 3; i++) rig.start();
    const people = Array.from({ length: BROWSERS }, () => new Person(rig.hubs[0]!.gateway));
    const acknowledged = new Set<string>();
    let messages = 0;

    /** Comes in, or back, by way of any hub, as a balancer would have it. */
    async function enter(index: number): Promise<void> {
      const former = people[index]!;
      const person = new Person(pick(rig.hubs).gateway);
      person.seat = former.seat;
      person.meeting = random() < 0.3 ? undefined : former.meeting;
      const keepPeerId = random() < 0.7 ? former.peerId : undefined;
      const joined = await person
        .join(CODE, `Personne ${index}`, { media: MEDIA, ...(keepPeerId && { keepPeerId }) })
        .catch((error: unknown) => {
          if (error instanceof Refused && error.refusal.kind === 'unavailable') return undefined;
          throw error;
        });
      // Refused: the browser tries again later; what it has is what it had.
      if (!joined) return person.cut();
      person.peerId = joined.media?.peerId ?? (joined.mediaUnavailable ? undefined : keepPeerId);
      people[index] = person;
    }

    /** The seat is given up, and the next time it is somebody else who comes. */
    async function leave(index: number): Promise<void> {
      await people[index]!.attempt('meeting:leave', {});
      people[index]!.cut();
      people[index] = new Person(rig.hubs[0]!.gateway);
    }

    async function speak(person: Person): Promise<void> {
      if (!person.peerId) return;
      await person.attempt('media:produce', {
        peerId: person.peerId,
        source: 'microphone',
        kind: 'audio',
        rtpParameters: microphone(String(++messages), 1000 + messages),
        paused: false,
      } as never);
    }

    async function post(person: Person): Promise<void> {
      const clientMessageId = `m${++messages}` as ClientMessageId;
      const outcome = await person.attempt('chat:post', { clientMessageId, text: clientMessageId });
      if (outcome === 'accepted') acknowledged.add(`${person.seat!.participantId}/${clientMessageId}`);
    }

    async function act(): Promise<void> {
      const index = Math.floor(random() * BROWSERS);
      const person = people[index]!;
      const dice = random();
      if (!person.connection?.open) await enter(index);
      else if (dice < 0.35) await post(person);
      else if (dice < 0.5) await speak(person);
      else if (dice < 0.7) {
        if (person.receive(Math.floor(random() * 6))) await person.catchUp();
      } else if (dice < 0.83) person.cut(random() < 0.3);
      else if (dice < 0.87) await leave(index);
      // The socket is dead and nobody knows: one comes in elsewhere, and the older one is displaced.
      else await enter(index);
    }

    /** As an upgrade does: its people are sent to the others, and it says that it leaves. */
    async function stop(one: OneHub): Promise<void> {
      rig.hubs.splice(rig.hubs.indexOf(one), 1);
      await one.hub.drain(100);
      await one.hub.close();
      one.isDead = true;
    }

    async function disturb(): Promise<void> {
      const dice = random();
      const one = pick(rig.hubs);
      if (dice < 0.15 && rig.hubs.length > 1) rig.kill(one);
      else if (dice < 0.3 && rig.hubs.length < 4) rig.start();
      else if (dice < 0.4) for (const { id } of rig.hubs) rig.exchange.setUp(id, false);
      else if (dice < 0.65) for (const { id } of rig.hubs) rig.exchange.setUp(id, true);
      else if (dice < 0.75) trouble.isAway = !trouble.isAway;
      else if (dice < 0.8 && rig.hubs.length > 1) await stop(one);
      else await vi.advanceTimersByTimeAsync(random() * 8000);
    }

    for (let i = 0; i < STEPS; i++) {
      if (random() < 0.08) await disturb();
      else await act();
      // Each hub hears the others in its own time.
      for (const { id } of rig.hubs) if (random() < 0.6) rig.exchange.deliver(id, Math.floor(random() * 5));
      await settle();
    }

    async function hearAll(ms: number): Promise<void> {
      for (let at = 0; at < ms; at += 500) {
        for (const { id } of rig.hubs) rig.exchange.deliver(id);
        await vi.advanceTimersByTimeAsync(500);
      }
    }
    trouble.isAway = false;
    for (const { id } of rig.hubs) rig.exchange.setUp(id, true);
    await hearAll(3000);
    for (let i = 0; i < BROWSERS; i++) if (!people[i]!.connection?.open) await enter(i);
    // Lines at whose other end nobody is any more: a heartbeat finds them within seconds.
    const lines = new Set(people.map(({ connection }) => connection));
    for (const { gateway } of rig.hubs) {
      for (const connection of [...gateway.connections]) if (!lines.has(connection)) connection.cut(false);
    }
    // Long enough for every hub that is gone to be missed, and for every seat that nobody wants to be given up.
    await hearAll(GRACE_MS * 3);
    for (let i = 0; i < BROWSERS; i++) if (!people[i]!.connection?.open) await enter(i);
    await hearAll(2000);

    for (const person of people) {
      person.receive();
      await person.catchUp();
    }
    const stored = await rig.log.read(MEETING_ID, 0, 100_000);
    if (!stored.ok) throw new Error('the log is away');
    const truth = stored.value.reduce<MeetingState | undefined>(evolve, undefined)!;
    for (const person of people) {
      expect(person.meeting).toEqual(viewFor(truth, person.seat!.participantId));
      expect(person.live?.state).toEqual(people[0]!.live?.state);
      expect(person.live?.state[person.seat!.participantId]?.connected).toBe(true);
    }
    expect(truth.participants.map(({ participantId }) => participantId).toSorted()).toEqual(
      people.map(({ seat }) => seat!.participantId).toSorted(),
    );
    const posted = stored.value.flatMap(({ event }) =>
      event.type === 'messagePosted' ? [`${event.participantId}/${event.clientMessageId}`] : [],
    );
    expect(new Set(posted).size, 'no message is doubled').toBe(posted.length);
    expect(new Set(posted), 'what was acknowledged is there').toEqual(acknowledged);
    const there = new Set(rig.media.peers().map(({ peerId }) => peerId));
    for (const person of people) {
      if (person.mediaLost) person.peerId = (await person.call('media:open', MEDIA)).peerId;
      else expect(there, 'media that nobody told was lost').toContain(person.peerId);
    }
    await rig.close();
  },
);
