import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClientMessageId, ParticipantId } from '@relais/protocol';
import { fail, ok } from '@relais/kit';
import { createFakeHub } from '../hub/fake-hub-client.ts';
import { createOutboxSender } from './outbox-sender.ts';
import { enqueue, type Outbox } from './outbox.ts';

function setUp(...texts: string[]) {
  const fake = createFakeHub();
  fake.socket(true);
  let outbox = texts.reduce<Outbox>(
    (box, text) => enqueue(box, { clientMessageId: text as ClientMessageId, text, place: 'plenary', at: 1 }),
    [],
  );
  let author: ParticipantId | undefined = 'ana' as ParticipantId;
  const said: boolean[] = [];
  const sender = createOutboxSender({
    hub: fake.hub,
    author: () => author,
    outbox: () => outbox,
    update: (next) => (outbox = next),
    storeAway: (isAway) => said.at(-1) !== isAway && said.push(isAway),
  });
  const sent = () => fake.requests.map(({ payload }) => (payload as { text: string }).text);
  return {
    fake,
    sender,
    sent,
    said,
    states: () => outbox.map(({ state }) => state),
    leave: () => (author = undefined),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('sending the outbox', () => {
  it('sends one after another, each when the former is stored', async () => {
    const { fake, sender, sent, states } = setUp('a', 'b');
    fake.answer('chat:post', async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return ok({});
    });
    sender.poke();
    await vi.advanceTimersByTimeAsync(50);
    expect(sent()).toEqual(['a']);
    expect(states()).toEqual(['sending', 'waiting']);
    await vi.advanceTimersByTimeAsync(500);
    expect(sent()).toEqual(['a', 'b']);
    expect(states()).toEqual(['stored', 'stored']);
  });

  it('sends again, in order, what the log could not store', async () => {
    const { fake, sender, sent, states } = setUp('a', 'b');
    let asked = 0;
    fake.answer('chat:post', () => ((asked += 1) < 3 ? fail({ kind: 'unavailable', what: 'log' }) : ok({})));
    sender.poke();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent()).toEqual(['a', 'a', 'a', 'b']);
    expect(states()).toEqual(['stored', 'stored']);
  });

  it('does not hold up the others for one that is refused', async () => {
    const { fake, sender, states } = setUp('a', 'b');
    fake.answer('chat:post', ({ text }) => (text === 'a' ? fail({ kind: 'tooLarge' }) : ok({})));
    sender.poke();
    await vi.advanceTimersByTimeAsync(100);
    expect(states()).toEqual(['refused', 'stored']);
  });

  it('[BREAK-22] says of each where it is to be read, and leaves to the person what was meant for a place they have left', async () => {
    const { fake, sender, states } = setUp('a', 'b');
    fake.answer('chat:post', ({ text }) => (text === 'a' ? fail({ kind: 'notInYourRoom' }) : ok({})));
    sender.poke();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fake.requests.map(({ payload }) => payload)).toEqual([
      { clientMessageId: 'a', text: 'a', place: 'plenary' },
      { clientMessageId: 'b', text: 'b', place: 'plenary' },
    ]);
    expect(states()).toEqual(['misplaced', 'stored']);
  });

  it('says that messages wait while the log is away, and that they do not when all are through', async () => {
    const { fake, sender, said, states } = setUp('a', 'b');
    fake.answer('chat:post', () => fail({ kind: 'unavailable', what: 'log' }));
    sender.poke();
    await vi.advanceTimersByTimeAsync(900);
    expect(said).not.toContain(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said.at(-1)).toBe(true);
    expect(states()).toEqual(['waiting', 'waiting']);
    fake.answer('chat:post', () => ok({}));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(states()).toEqual(['stored', 'stored']);
    expect(said.at(-1)).toBe(false);
  });

  it('says so too when the hub stands and does not answer', async () => {
    const { fake, sender, said } = setUp('a');
    fake.answer('chat:post', async () => {
      await new Promise((resolve) => setTimeout(resolve, 5000));
      return ok({});
    });
    sender.poke();
    await vi.advanceTimersByTimeAsync(1900);
    expect(said).not.toContain(true);
    await vi.advanceTimersByTimeAsync(200);
    expect(said.at(-1)).toBe(true);
    await vi.advanceTimersByTimeAsync(5000);
    expect(said.at(-1)).toBe(false);
  });

  it('does not speak of a hiccup, nor take a line that fell for a log that is away', async () => {
    const { fake, sender, said } = setUp('a');
    let asked = 0;
    fake.answer('chat:post', () => ((asked += 1) < 3 ? fail({ kind: 'unavailable', what: 'log' }) : ok({})));
    sender.poke();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(said).toEqual([false]);
    const cut = setUp('a');
    cut.fake.answer('chat:post', async () => {
      cut.fake.socket(false);
      return fail({ kind: 'noAnswer' });
    });
    cut.sender.poke();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(cut.said).toEqual([false]);
  });

  it('sends nothing without a seat', async () => {
    const { sender, sent, states, leave } = setUp('a');
    leave();
    sender.poke();
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent()).toEqual([]);
    expect(states()).toEqual(['waiting']);
  });
});
