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
    (box, text) => enqueue(box, { clientMessageId: text as ClientMessageId, text, at: 1 }),
    [],
  );
  let author: ParticipantId | undefined = 'ana' as ParticipantId;
  const sender = createOutboxSender({
    hub: fake.hub,
    author: () => author,
    outbox: () => outbox,
    update: (next) => (outbox = next),
  });
  const sent = () => fake.requests.map(({ payload }) => (payload as { text: string }).text);
  return {
    fake,
    sender,
    sent,
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

  it('sends nothing without a seat', async () => {
    const { sender, sent, states, leave } = setUp('a');
    leave();
    sender.poke();
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent()).toEqual([]);
    expect(states()).toEqual(['waiting']);
  });
});
