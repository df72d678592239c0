import { describe, expect, it, vi } from 'vitest';
import type { AnswerValue, LiveSnapshot, MeetingState, VersionedEvent } from '@relais/protocol';
import { ok, type Result } from '@relais/kit';
import { createFakeHub } from '../hub/fake-hub-client.ts';
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

function setUp() {
  const fake = createFakeHub();
  fake.socket(true);
  const known: Known = { meeting: meeting(1), live: live(0) };
  const follower = createLogFollower({
    hub: fake.hub,
    known,
    isJoined: () => true,
    changed: () => undefined,
  });
  return { fake, known, follower };
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
    answerNow(ok({ version: 3, events: [joined(2, 'a'), joined(3, 'b')], live: live(0) }));
    await vi.waitFor(() => expect(known.meeting?.version).toBe(3));
  });

  it('[LIVE-3] asks for the whole when a fact of the present was missed', () => {
    const { fake, known, follower } = setUp();
    follower.liveFact(connected(1));
    expect(known.live?.seq).toBe(1);
    expect(fake.requests).toEqual([]);
    follower.liveFact(connected(3));
    expect(fake.requests).toHaveLength(1);
  });

  it('does not go back to a snapshot that events have overtaken on its way', () => {
    const { known, follower } = setUp();
    follower.events([joined(2, 'a')]);
    follower.liveFact(connected(1));
    follower.apply({ version: 1, meeting: meeting(1), live: live(0) });
    expect(known.meeting?.version).toBe(2);
    expect(known.live?.seq).toBe(1);
  });

  it('takes the present of another run of the hub, whatever its number', () => {
    const { known, follower } = setUp();
    follower.liveFact(connected(1));
    follower.apply({ version: 1, live: live(0, 'other') });
    expect(known.live).toEqual(live(0, 'other'));
  });
});
