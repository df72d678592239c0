import { roomOf } from '@relais/domain';
import type { RoomId } from '@relais/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  GRACE_MS,
  pass,
  idOf,
  where,
  post,
  read,
  opening,
  roomsOf,
  meetingOf,
  allAgree,
} from '../test-support/breakout.ts';
import { Browser } from '../test-support/browser.ts';
import { CODE, createHubRig } from '../test-support/hub-rig.ts';
import { putStill, shareScreen, someWebp } from '../test-support/stills.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a round', () => {
  test('[BREAK-2] [BREAK-10] [BREAK-13] opens with a countdown, moves everybody, ends by its clock, and all browsers know', async () => {
    const { anim, people, log, hub } = await meetingOf('Ana', 'Béa', 'Cléo');
    const [ana, bea, cle] = people;
    const { roundId, unplaced } = await anim.call(
      'breakout:open',
      opening([[ana], [bea]], { countdownSeconds: 10, minutes: 5 }),
    );
    expect(unplaced).toEqual([{ participantId: idOf(cle), name: 'Cléo', why: 'notListed' }]);
    expect([where(ana), where(bea)]).toEqual(['plenary', 'plenary']);
    await pass(10_000);
    const [one, two] = roomsOf(anim);
    expect([where(ana), where(bea), where(cle), where(anim)]).toEqual([one, two, 'plenary', 'plenary']);
    await pass(5 * 60_000 - 1);
    expect(where(ana)).toBe(one);
    await pass(1);
    expect([where(ana), where(bea)]).toEqual(['plenary', 'plenary']);
    anim.receive();
    expect(anim.meeting?.breakout?.past.map((round) => round.roundId)).toEqual([roundId]);
    await allAgree(log, [anim, ...people]);
    await hub.close();
  });

  test('[BREAK-10] ends on time after the log was away at its end, and after the hub was started again', async () => {
    const { anim, people, log, hub } = await meetingOf('Ana');
    await anim.call('breakout:open', opening([[people[0]]], { minutes: 1 }));
    const away = vi.spyOn(log, 'append').mockResolvedValue({ ok: false, error: { kind: 'unavailable' } });
    await pass(60_000);
    expect(where(people[0])).not.toBe('plenary');
    away.mockRestore();
    await pass(10_000);
    expect(where(people[0])).toBe('plenary');
    await anim.call('breakout:open', opening([[people[0]]], { minutes: 1 }));
    await hub.close();
    await pass(300_000);
    const again = await createHubRig({ graceMs: GRACE_MS, log });
    const back = new Browser(again.gateway);
    back.seat = people[0].seat;
    await back.join(CODE, 'Ana');
    await pass(1);
    expect(where(back)).toBe('plenary');
    await again.hub.close();
  });

  test('[BREAK-5] what was previewed is what is opened, and a preview makes nothing true', async () => {
    const { anim, people } = await meetingOf('Ana', 'Béa', 'Cléo', 'Dan');
    const { filling: _, ...rest } = opening([[], []]);
    const draft = {
      rooms: rest.rooms,
      filling: { kind: 'even' },
      seed: 77,
      withFacilitators: false,
    } as const;
    const preview = await anim.call('breakout:propose', draft);
    expect(people[0].receive()).toBe(false);
    expect(people[0].meeting?.breakout).toBeUndefined();
    await anim.call('breakout:open', { ...rest, ...draft });
    const rooms = roomsOf(anim);
    for (const { participantId, room } of preview.placements)
      expect(roomOf(anim.meeting!, participantId)).toBe(rooms[room]);
    expect(await people[0].attempt('breakout:propose', draft)).toBe('notAllowed');
  });

  test('[BREAK-4] another meeting’s rooms and people are refused, and so is everything to who does not run this one', async () => {
    const { anim, people } = await meetingOf('Ana', 'Béa');
    const [ana, bea] = people;
    expect(await ana.attempt('breakout:open', opening([[ana], [bea]]))).toBe('notAllowed');
    await anim.call('breakout:open', opening([[ana], [bea]]));
    const [one, two] = roomsOf(anim) as [RoomId, RoomId];
    const move = (roomId: string, participantId: string = idOf(ana)) => ({
      moves: [{ participantId, roomId }],
    });
    expect(await ana.attempt('breakout:move', move(two))).toBe('notAllowed');
    expect(await anim.attempt('breakout:move', move('ailleurs'))).toBe('unknownRoom');
    expect(await anim.attempt('breakout:move', move(two, 'personne'))).toBe('unknownParticipant');
    expect(await anim.attempt('breakout:close', { roomId: 'ailleurs' })).toBe('unknownRoom');
    expect(await ana.attempt('breakout:stepIn', {})).toBe('notAllowed');
    expect(await ana.attempt('breakout:announce', { clientMessageId: 'x', text: 'x' })).toBe('notAllowed');
    expect(await post(ana, 'intrus', two)).toBe('notInYourRoom');
    expect([where(ana), where(bea)]).toEqual([one, two]);
  });

  test('[BREAK-8] [BREAK-9] who comes late is placed, who is cut off or comes back is where they were', async () => {
    const { anim, people, gateway, log } = await meetingOf('Ana', 'Béa');
    const [ana, bea] = people;
    await anim.call('breakout:open', opening([[ana, bea], []]));
    const [one, two] = roomsOf(anim);
    const late = new Browser(gateway);
    await late.join(CODE, 'Tard');
    expect(where(late)).toBe(two);
    ana.cut();
    await ana.join(CODE, 'Ana');
    expect(where(ana)).toBe(one);
    bea.cut(true);
    await pass(1);
    await bea.join(CODE, 'Béa');
    expect(where(bea)).toBe(one);
    await allAgree(log, [anim, ana, bea, late]);
  });

  test('[BREAK-19] the successor steps in when nobody who runs the meeting is connected, and sees what they saw', async () => {
    const { anim, people, log } = await meetingOf('Ana', 'Béa');
    const [ana, bea] = people;
    await anim.call('breakout:savePlan', { title: 'Ateliers', rooms: [{ name: 'Jardin' }], minutes: 20 });
    await anim.call('breakout:nameSuccessor', { participantId: idOf(ana) });
    expect(await ana.attempt('breakout:stepIn', {})).toBe('notAllowed');
    anim.cut();
    expect(await bea.attempt('breakout:stepIn', {})).toBe('notAllowed');
    expect(await ana.attempt('breakout:stepIn', {})).toBe('accepted');
    ana.receive();
    expect(ana.meeting?.breakout?.plans).toMatchObject([{ title: 'Ateliers' }]);
    expect(await ana.attempt('breakout:open', opening([[bea]]))).toBe('accepted');
    await allAgree(log, [ana, bea]);
  });
});

describe('what is written', () => {
  test('[BREAK-3] [BREAK-12] [BREAK-14] is told where it was written, and read again there alone', async () => {
    const { anim, people, log } = await meetingOf('Ana', 'Béa', 'Cléo');
    const [ana, bea, cle] = people;
    await post(cle, 'avant');
    await anim.call('breakout:open', opening([[ana], [bea]]));
    const [one, two] = roomsOf(anim) as [RoomId, RoomId];
    await post(ana, 'dans la une');
    await post(bea, 'dans la deux', two);
    await post(cle, 'au plénier');
    const told = JSON.stringify(bea.connection!.inbox);
    expect(told).not.toContain('dans la une');
    expect(told).not.toContain('au plénier');
    expect([read(ana), read(bea), read(cle)]).toEqual([
      ['dans la une'],
      ['dans la deux'],
      ['avant', 'au plénier'],
    ]);
    const history = async (browser: Browser, place?: string) => {
      const request = { beforeVersion: 1_000_000, limit: 50, ...(place && { place }) };
      return (await browser.call('chat:history', request)).messages.map(({ text }) => text);
    };
    expect(await history(ana)).toEqual(['dans la une']);
    expect(await history(ana, 'plenary')).toEqual(['avant']);
    expect(await ana.attempt('chat:history', { beforeVersion: 9, limit: 5, place: two })).toBe(
      'notInYourRoom',
    );
    expect(await history(anim, one)).toEqual(['dans la une']);
    // Who enters reads what was written there before.
    await anim.call('breakout:move', { moves: [{ participantId: idOf(ana), roomId: two }] });
    expect(read(ana)).toEqual([]);
    expect(await history(ana)).toEqual(['dans la deux']);
    expect(await ana.attempt('chat:history', { beforeVersion: 9, limit: 5, place: one })).toBe(
      'notInYourRoom',
    );
    await anim.call('breakout:announce', { clientMessageId: 'tous', text: 'À toutes et à tous' });
    expect([read(ana).at(-1), read(cle).at(-1)]).toEqual(['À toutes et à tous', 'À toutes et à tous']);
    await allAgree(log, [anim, ana, bea, cle]);
  });

  test('[BREAK-12] [BREAK-13] who missed events is shown of them what is theirs, and the whole when their view begins anew', async () => {
    const { anim, people, log } = await meetingOf('Ana', 'Béa');
    const [ana, bea] = people;
    await anim.call('breakout:open', opening([[ana], [bea]]));
    for (const browser of people.slice(0, 2)) browser.receive();
    ana.cut();
    await post(bea, 'secret');
    const back = await ana.join(CODE, 'Ana');
    expect(back.events?.map(({ event }) => event.type)).toEqual(['veiled']);
    ana.cut(true);
    await pass(1);
    await post(bea, 'encore');
    const anew = await ana.join(CODE, 'Ana');
    expect(JSON.stringify(anew)).not.toContain('encore');
    expect(anew.meeting).toBeDefined();
    const thief = await bea.call('meeting:catchUp', { sinceVersion: 999_999 });
    expect(thief.meeting?.viewer).toBe(idOf(bea));
    await allAgree(log, [anim, ana, bea]);
  });

  test('[BREAK-3] somebody’s shared screen is not read as an image from another room', async () => {
    const { anim, people } = await meetingOf('Ana', 'Béa', 'Cléo');
    const [ana, bea, cle] = people;
    await shareScreen(ana);
    await putStill(ana, 's1', someWebp(1000));
    await anim.call('breakout:open', opening([[ana, bea], [cle]]));
    const ask = { participantId: idOf(ana), stillId: 's1', offset: 0, length: 100 };
    expect(await bea.attempt('still:get', ask)).toBe('accepted');
    expect(await cle.attempt('still:get', ask)).toBe('notInYourRoom');
  });
});
