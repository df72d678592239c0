import { describe, expect, it, vi } from 'vitest';
import type {
  AnswerValue,
  LiveSnapshot,
  MeetingState,
  ShownVersioned,
  VersionedEvent,
} from '@relais/protocol';
import { ok, type Result } from '@relais/kit';
import { createFakeHub } from '../hub/fake-hub-client.ts';
import { evolve, type Evolve } from '@relais/domain';
import { createLogFollower, type Known } from './log-follower.ts';

const meeting = (version: number) =>
  ({ version, title: 'Essai', participants: [], messages: [], messageCount: 0 }) as unknown as MeetingState;
const live = (seq: number, epoch = 'e'): LiveSnapshot => ({ epoch, seq, state: {} });
const joined = (version: number, id: string) =>
  ({ version, event: { type: 'participantJoined', participantId: id, name: id, at: 1 } }) as VersionedEvent;
const connected = (seq: number) => ({
  epoch: 'e',
  seq,
  fact: { type: 'connectionChanged', participantId: 'a', connected: true } as never,
});

const labelled = (version: number) =>
  ({ version, event: { type: 'participantLabelled', participantId: 'a', label: 'CLSC' } }) as ShownVersioned;

function setUp(loadRules?: () => Promise<Evolve>) {
  const fake = createFakeHub();
  fake.socket(true);
  const known: Known = { meeting: meeting(1), live: live(0), hubNow: 0 };
  let isJoined = true;
  const follower = createLogFollower({
    hub: fake.hub,
    known,
    isJoined: () => isJoined,
    changed: () => undefined,
    ...(loadRules && { loadRules }),
  });
  const stand = ({ joined: now }: { joined: boolean }) => (isJoined = now);
  return { fake, known, follower, stand };
}

describe('following the log', () => {
  it('applies what follows and passes over what is known', () => {
    const { fake, known, follower } = setUp();
    follower.events([joined(2, 'a')]);
    follower.events([joined(2, 'a'), joined(3, 'b')]);
    expect(known.meeting?.participants.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(fake.requests).toEqual([]);
  });

  it('[LOG-2] asks for what is missing, once, however many gaps are seen', async () => {
    const { fake, known, follower } = setUp();
    let answerNow: (answer: Result<AnswerValue<'meeting:catchUp'>, never>) => void = () => undefined;
    fake.answer('meeting:catchUp', () => new Promise((resolve) => (answerNow = resolve)));
    follower.events([joined(4, 'c')]);
    follower.events([joined(5, 'd')]);
    expect(fake.requests).toEqual([{ name: 'meeting:catchUp', payload: { sinceVersion: 1 } }]);
    const events = [joined(2, 'a'), joined(3, 'b'), joined(4, 'c'), joined(5, 'd')];
    answerNow(ok({ version: 5, events, live: live(0), now: 0 }));
    await vi.waitFor(() => expect(known.meeting?.version).toBe(5));
    expect(fake.requests).toHaveLength(1);
  });

  it('[SHELL-1] [BREAK-13] fetches the rules of sub-groups when there first are some, and asks for what it could not apply', async () => {
    const { fake, known, follower } = setUp();
    const events = [labelled(2), joined(3, 'b'), joined(4, 'c')];
    fake.answer('meeting:catchUp', () => ok({ version: 4, events, live: live(0), now: 0 }));
    follower.events(events.slice(0, 2));
    expect(known.meeting?.version).toBe(1);
    follower.events(events.slice(2));
    await vi.waitFor(() => expect(known.meeting?.version).toBe(4));
    expect(known.meeting?.breakout?.labels).toEqual({ a: 'CLSC' });
    expect(fake.requests).toHaveLength(1);
    follower.events([joined(5, 'd')]);
    expect(known.meeting?.version).toBe(5);
  });

  it('[BREAK-13] tries again for the rules when they did not come, and meanwhile shows what it knows', async () => {
    vi.useFakeTimers();
    const loadRules = vi
      .fn<() => Promise<Evolve>>()
      .mockRejectedValueOnce(new Error('no line'))
      .mockResolvedValue(evolve);
    const { fake, known, follower } = setUp(loadRules);
    fake.answer('meeting:catchUp', () => ok({ version: 2, events: [labelled(2)], live: live(0), now: 0 }));
    follower.events([labelled(2)]);
    await vi.advanceTimersByTimeAsync(0);
    expect(known.meeting?.version).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(known.meeting?.version).toBe(2);
    expect(loadRules).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });

  it('[LIVE-3] asks for the whole when a fact of the present was missed', () => {
    const { fake, known, follower } = setUp();
    follower.liveFact(connected(1));
    expect(known.live?.seq).toBe(1);
    expect(fake.requests).toEqual([]);
    follower.liveFact(connected(3));
    expect(fake.requests).toHaveLength(1);
  });

  it('[LOG-2] asks again when a gap was seen while the answer to another was on its way', async () => {
    const { fake, known, follower } = setUp();
    let answerNow: (answer: Result<AnswerValue<'meeting:catchUp'>, never>) => void = () => undefined;
    fake.answer('meeting:catchUp', ({ sinceVersion }) => {
      if (sinceVersion === 1) return new Promise((resolve) => (answerNow = resolve));
      return ok({ version: 4, events: [joined(4, 'c')], live: live(0), now: 0 });
    });
    follower.events([joined(3, 'b')]);
    answerNow(ok({ version: 3, events: [joined(2, 'a'), joined(3, 'b')], live: live(0), now: 0 }));
    follower.events([joined(4, 'c')]);
    await vi.waitFor(() => expect(known.meeting?.version).toBe(4));
  });

  it('[LIVE-3] asks again when a fact of the present overtook the answer', async () => {
    const { fake, known, follower } = setUp();
    let seq = 2;
    fake.answer('meeting:catchUp', () => ok({ version: 1, events: [], live: live((seq += 1)), now: 0 }));
    follower.liveFact(connected(3));
    follower.liveFact(connected(4));
    await vi.waitFor(() => expect(known.live?.seq).toBe(4));
    expect(fake.requests).toHaveLength(2);
  });

  it('[LOG-2] asks for what overtook the answer to joining, once joined', async () => {
    const { fake, known, follower, stand } = setUp();
    stand({ joined: false });
    known.meeting = undefined;
    known.live = undefined;
    fake.answer('meeting:catchUp', () => ok({ version: 6, events: [joined(6, 'z')], live: live(8), now: 0 }));
    follower.events([joined(6, 'z')]);
    follower.liveFact(connected(8));
    follower.apply({ version: 5, meeting: meeting(5), live: live(7), now: 0 });
    stand({ joined: true });
    await vi.waitFor(() => expect(known.meeting?.version).toBe(6));
    expect(known.live).toMatchObject({ seq: 8 });
    expect(fake.requests).toHaveLength(1);
  });

  it('stops asking a hub that never comes to what was heard, and says that it answered', async () => {
    vi.useFakeTimers();
    const { fake, follower } = setUp();
    fake.answer('meeting:catchUp', () => ok({ version: 1, events: [], live: live(0), now: 0 }));
    follower.events([joined(9, 'z')]);
    const answered = follower.catchUp();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await answered).toBe(true);
    expect(fake.requests).toHaveLength(6);
    vi.useRealTimers();
  });

  it('does not take what it heard from a former run of the hub for news', async () => {
    const { fake, known, follower } = setUp();
    follower.liveFact(connected(1));
    fake.socket(false);
    fake.socket(true);
    follower.apply({ version: 1, live: live(0, 'other'), now: 0 });
    await Promise.resolve();
    expect(known.live).toEqual(live(0, 'other'));
    expect(fake.requests).toEqual([]);
  });

  it('does not go back to a snapshot that events have overtaken on its way', () => {
    const { known, follower } = setUp();
    follower.events([joined(2, 'a')]);
    follower.liveFact(connected(1));
    follower.apply({ version: 1, meeting: meeting(1), live: live(0), now: 0 });
    expect(known.meeting?.version).toBe(2);
    expect(known.live?.seq).toBe(1);
  });

  it('takes the present of another run of the hub, whatever its number', () => {
    const { known, follower } = setUp();
    follower.liveFact(connected(1));
    follower.apply({ version: 1, live: live(0, 'other'), now: 0 });
    expect(known.live).toEqual(live(0, 'other'));
  });
});
