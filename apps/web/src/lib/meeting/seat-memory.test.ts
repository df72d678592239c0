import { describe, expect, it } from 'vitest';
import type { ParticipantId, Seat } from '@relais/protocol';
import { createSeatMemory, takeSeatLock } from './seat-memory.ts';

const seat: Seat = { participantId: 'ana' as ParticipantId, token: 'proof' };

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as unknown as Storage;
}

/** A browser with tabs: a seat's lock is one tab's until it is gone. */
function browserWithTabs() {
  const browser = storage();
  const sitting = new Map<string, object>();
  return {
    open: (tab = storage()) => {
      const self = {};
      const take = async (id: ParticipantId) => {
        if (!sitting.has(id)) sitting.set(id, self);
        return sitting.get(id) === self;
      };
      const memory = createSeatMemory({ code: 'abc-defg-hij', tab, browser, take });
      const lose = () => {
        for (const [id, owner] of sitting) if (owner === self) sitting.delete(id);
      };
      return { memory, tab, lose };
    },
  };
}

describe('the seat that a tab holds', () => {
  it('[JOIN-7] is found again after a reload of the tab', async () => {
    const { open } = browserWithTabs();
    const before = open();
    before.memory.save(seat, 'Ana');
    before.lose();
    const { memory } = open(before.tab);
    expect(memory.load()).toEqual(seat);
    expect(await memory.find('Quelqu’un d’autre')).toEqual(seat);
  });

  it('[JOIN-8] is taken up by another tab, under the same name, once its own tab is lost', async () => {
    const { open } = browserWithTabs();
    const before = open();
    before.memory.save(seat, 'Ana');
    expect(await open().memory.find('Ana')).toBeUndefined();
    before.lose();
    expect(await open().memory.find('Béa')).toBeUndefined();
    expect(await open().memory.find('Ana')).toEqual(seat);
  });

  it('[JOIN-8] is taken up by one tab only', async () => {
    const { open } = browserWithTabs();
    const before = open();
    before.memory.save(seat, 'Ana');
    before.lose();
    expect(await open().memory.find('Ana')).toEqual(seat);
    expect(await open().memory.find('Ana')).toBeUndefined();
  });

  it('[JOIN-8] is not taken up by another tab once it was left on purpose, and is still this tab’s [JOIN-7]', async () => {
    const { open } = browserWithTabs();
    const before = open();
    before.memory.save(seat, 'Ana');
    before.memory.left();
    before.lose();
    expect(await open().memory.find('Ana')).toBeUndefined();
    expect(before.memory.load()).toEqual(seat);
  });

  it('[JOIN-5] is forgotten in all tabs when it is nobody’s any more, and another’s is not', async () => {
    const { open } = browserWithTabs();
    const [first, second] = [open(), open()];
    first.memory.save(seat, 'Ana');
    second.memory.save({ participantId: 'bea' as ParticipantId, token: 'other' }, 'Béa');
    first.memory.forget();
    second.lose();
    expect(first.memory.load()).toBeUndefined();
    expect(await open().memory.find('Béa')).toMatchObject({ participantId: 'bea' });
  });

  it('[DOOR-4] is known to the browser after it was forgotten, as one of those that it held', () => {
    const { open } = browserWithTabs();
    const [first, second] = [open(), open()];
    first.memory.save(seat, 'Ana');
    second.memory.save({ participantId: 'bea' as ParticipantId, token: 'other' }, 'Béa');
    first.memory.save(seat, 'Ana');
    first.memory.left();
    first.memory.forget();
    expect(open().memory.former()).toEqual(['bea', 'ana']);
    for (let i = 0; i < 30; i += 1)
      first.memory.save({ participantId: `p${i}` as ParticipantId, token: 'other' }, 'Ana');
    expect(open().memory.former()).toHaveLength(20);
    expect(open().memory.former().at(-1)).toBe('p29');
  });

  it('[DOOR-4] what was written there by somebody else keeps nobody out', () => {
    const browser = storage();
    const memory = () => createSeatMemory({ code: 'c', tab: storage(), browser, take: async () => true });
    for (const text of ['{', 'null', '{"a":1}', '[1,{},"no id",""]']) {
      browser.setItem('relais:seats:c', text);
      expect(memory().former(), text).toEqual([]);
    }
  });

  it('is this tab’s alone in a browser without locks', async () => {
    expect(await takeSeatLock(undefined, seat.participantId)).toBe(false);
  });
});
