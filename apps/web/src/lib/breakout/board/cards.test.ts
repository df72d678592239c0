import type { Person } from '@relais/domain';
import type { Breakout, BreakoutAsk, BreakoutRound, ParticipantId, RoomId } from '@relais/protocol';
import { describe, expect, it } from 'vitest';
import { arranged, bearersOf, cardsOf, placeIn } from './cards.ts';

const id = (name: string) => name as ParticipantId;
const room = (name: string) => name as RoomId;

function person(name: string, more: Partial<Person> = {}): Person {
  const quiet = { camera: false, cameraPaused: false, screen: false, light: false } as const;
  return {
    participantId: id(name),
    name,
    joinedAt: 1,
    connected: true,
    microphone: 'on',
    line: 'good',
    ...quiet,
    ...more,
  };
}

function round(placements: Record<string, string>, more: Partial<BreakoutRound> = {}): BreakoutRound {
  return {
    roundId: 'one' as never,
    number: 1,
    rooms: ['Logement', 'Écoles', 'Santé', 'Transport'].map((name) => ({ roomId: room(name), name })),
    phase: 'running',
    opensAt: 0,
    endsAt: null,
    late: 'smallest',
    mayChoose: false,
    placements: placements as Record<ParticipantId, RoomId>,
    roles: {},
    ...more,
  };
}

const ask = (kind: BreakoutAsk['kind'], roomId: string): BreakoutAsk => {
  return { version: 1, kind, roomId: room(roomId), participantId: id('x'), name: 'x', at: 1 };
};

function breakout(asks: BreakoutAsk[] = []): Breakout {
  return { number: 1, plans: [], labels: {}, asks, past: [], last: [], talk: {}, stays: {} };
}

const sight = { query: '', needyFirst: false };
const placesOf = (cards: { place: string }[]) => cards.map(({ place }) => place);

describe('the cards of the board', () => {
  const people = [person('Ana'), person('Béa'), person('Cléo'), person('Dan')];

  it('[BREAK-25] everybody is on one card; who has no room, or one that is closed, is in the plenary', () => {
    const closed = round({ Ana: 'Logement', Béa: 'Écoles', Dan: 'Santé' });
    closed.rooms[2] = { roomId: room('Santé'), name: 'Santé', closed: true };
    const cards = cardsOf(breakout(), closed, people);
    expect(placesOf(cards)).toEqual(['plenary', 'Logement', 'Écoles', 'Transport']);
    expect(cards.map((card) => card.people.map((one) => one.person.name))).toEqual([
      ['Cléo', 'Dan'],
      ['Ana'],
      ['Béa'],
      [],
    ]);
  });

  it('[BREAK-25] while a round is announced, people are shown where they will be', () => {
    expect(placeIn(round({ Ana: 'Santé' }, { phase: 'opening' }), id('Ana'))).toBe('Santé');
  });

  it('[BREAK-25] rooms that need somebody come first when that is asked for, the most pressing before', () => {
    const there = [person('Ana'), person('Béa', { connected: false }), person('Cléo'), person('Dan')];
    const now = round({ Ana: 'Logement', Béa: 'Écoles', Cléo: 'Santé', Dan: 'Santé' });
    const cards = cardsOf(breakout([ask('help', 'Santé'), ask('time', 'Logement')]), now, there);
    expect(placesOf(arranged(cards, { query: '', needyFirst: true }, 'Plénière'))).toEqual([
      'plenary',
      'Santé',
      'Écoles',
      'Logement',
      'Transport',
    ]);
    expect(placesOf(arranged(cards, sight, 'Plénière'))).toEqual(placesOf(cards));
    expect(cards.map(({ needs }) => needs)).toEqual([[], ['time'], ['trouble'], ['help'], ['empty']]);
  });

  it('[BREAK-25] a room is found by its name and by who is in it, whatever the accents and capitals', () => {
    const cards = cardsOf(breakout(), round({ Ana: 'Logement', Béa: 'Écoles' }), people);
    const found = (query: string) => placesOf(arranged(cards, { ...sight, query }, 'Plénière'));
    expect(found('ecol')).toEqual(['Écoles']);
    expect(found('BEA')).toEqual(['Écoles']);
    expect(found('pléni')).toEqual(['plenary']);
    expect(found('nobody')).toEqual([]);
    expect(cards.map((card) => bearersOf(card, 'béa'))).toEqual([[], [], ['Béa'], [], []]);
    expect(cards.flatMap((card) => bearersOf(card, ' '))).toEqual([]);
  });

  it('[BREAK-25] a card has the role of each, the last message, and an end of its own if there is one', () => {
    const now = round({ Ana: 'Logement' }, { roles: { [id('Ana')]: 'host' } });
    now.rooms[0] = { roomId: room('Logement'), name: 'Logement', endsAt: 5 };
    const said = (text: string) => ({ text }) as never;
    const talk = { [room('Logement')]: { messages: [said('one'), said('two')], messageCount: 2 } };
    const all = { ...breakout(), talk, successor: id('Ana') };
    const [, first, second] = cardsOf(all, now, people);
    expect(first?.people).toMatchObject([{ role: 'host', isSuccessor: true }]);
    expect([first?.last?.text, first?.ownEnd]).toEqual(['two', 5]);
    expect([second?.last, second?.ownEnd]).toEqual([undefined, undefined]);
  });
});
