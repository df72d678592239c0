import { describe, expect, it } from 'vitest';
import type { ClientMessageId, Message, ParticipantId, RoomId } from '@relais/protocol';
import * as box from './outbox.ts';

const id = (text: string) => text as ClientMessageId;
const ana = 'ana' as ParticipantId;
const write = (...texts: string[]): box.Outbox =>
  texts.reduce<box.Outbox>(
    (outbox, text) => box.enqueue(outbox, { clientMessageId: id(text), text, place: 'plenary', at: 1 }),
    [],
  );
const message = (text: string, participantId = ana): Message => ({
  version: 1,
  participantId,
  name: 'Ana',
  clientMessageId: id(text),
  text,
  at: 2,
});

describe('the outbox', () => {
  it('sends one after another, in the order of writing', () => {
    const two = write('a', 'b');
    expect(box.nextToSend(two)?.text).toBe('a');
    const first = box.sending(two, id('a'), ana);
    expect(box.nextToSend(first)).toBeUndefined();
    expect(box.nextToSend(box.stored(first, id('a')))?.text).toBe('b');
  });

  it('keeps a line until the log shows it, even when it is acknowledged', () => {
    const acknowledged = box.stored(box.sending(write('a'), id('a'), ana), id('a'));
    expect(acknowledged.map(({ state }) => state)).toEqual(['stored']);
    expect(box.settle(acknowledged, [message('a')])).toEqual([]);
  });

  it('takes a line out when its event comes before its answer, and the late answer changes nothing', () => {
    const shown = box.settle(box.sending(write('a'), id('a'), ana), [message('a')]);
    expect(shown).toEqual([]);
    expect(box.stored(shown, id('a'))).toEqual([]);
    expect(box.postponed(shown, id('a'))).toEqual([]);
  });

  it('[CHAT-2] sends again under the same id what was not answered', () => {
    const again = box.postponed(box.sending(write('a', 'b'), id('a'), ana), id('a'));
    expect(box.nextToSend(again)?.clientMessageId).toBe('a');
  });

  it('does not let another’s message of the same id take a line away', () => {
    const sent = box.sending(write('a'), id('a'), ana);
    expect(box.settle(sent, [message('a', 'eve' as ParticipantId)])).toBe(sent);
  });

  it('lets those behind a refused line pass, and the person send it again or drop it', () => {
    const refusedOne = box.refused(box.sending(write('a', 'b'), id('a'), ana), id('a'));
    expect(box.nextToSend(refusedOne)?.text).toBe('b');
    expect(box.nextToSend(box.postponed(refusedOne, id('a')))?.text).toBe('a');
    expect(box.discard(refusedOne, id('a')).map(({ text }) => text)).toEqual(['b']);
  });

  it('drops what was acknowledged before a snapshot that no longer reaches it, and keeps the rest', () => {
    const mixed = box.stored(box.sending(write('a', 'b'), id('a'), ana), id('a'));
    expect(box.settleSnapshot(mixed, []).map(({ text }) => text)).toEqual(['b']);
  });

  it('sends again after a reload what was under way', () => {
    const reloaded = box.restore(box.sending(write('a'), id('a'), ana));
    expect(box.nextToSend(reloaded)?.text).toBe('a');
    expect(box.settle(reloaded, [message('a')])).toEqual([]);
  });

  it('[BREAK-22] forgets of a place that one has left what is stored there, and nothing else', () => {
    const one = box.stored(box.sending(write('a', 'b', 'c'), id('a'), ana), id('a'));
    const three = box.misplaced(one, id('b'));
    expect(box.settleElsewhere(three, 'plenary')).toBe(three);
    expect(box.settleElsewhere(three, 'room' as RoomId).map(({ text }) => text)).toEqual(['b', 'c']);
  });

  it('[BREAK-22] does not send by itself what its author has left behind', () => {
    const left = box.misplaced(box.sending(write('a', 'b'), id('a'), ana), id('a'));
    expect(box.nextToSend(left)?.text).toBe('b');
    expect(box.nextToSend(box.restore(box.discard(left, id('b'))))).toBeUndefined();
  });
});
