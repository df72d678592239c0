import type { LiveFact, LivePerson, LiveProducer, LiveSnapshot, LiveState, Sign } from '@relais/protocol';
import { unreachable } from '@relais/kit';

const ABSENT: LivePerson = { connected: false, producers: [] };

/** The present after one fact [LIVE-1]. Pure; the hub and every browser run this same function. */
export function evolveLive(state: LiveState, fact: LiveFact): LiveState {
  const person = state[fact.participantId] ?? ABSENT;
  const next = evolvePerson(person, fact);
  if (!next.connected && next.producers.length === 0 && !next.hand) {
    const { [fact.participantId]: _gone, ...others } = state;
    return others;
  }
  return { ...state, [fact.participantId]: next };
}

function evolvePerson(person: LivePerson, fact: LiveFact): LivePerson {
  switch (fact.type) {
    case 'connectionChanged':
      // [VOICE-2] Whose line fell speaks to nobody; a raised hand is held with the seat [HAND-2].
      return { ...(fact.connected ? person : without(person, 'toAll')), connected: fact.connected };
    case 'signChanged':
      return fact.since === null ? without(person, fact.sign) : { ...person, [fact.sign]: fact.since };
    case 'producerOpened': {
      const { producerId, source, paused } = fact;
      // [LIVE-2] A source is sent once: a newer producer of it stands in the place of the older.
      const others = person.producers.filter((p) => p.source !== source && p.producerId !== producerId);
      const { still: _former, ...kept } = person;
      // [STILL-2] Another screen is not the one of the last still image.
      return {
        ...(source === 'screen' ? kept : person),
        producers: [...others, { producerId, source, paused }],
      };
    }
    case 'producerPaused':
      return {
        ...person,
        producers: person.producers.map((p) =>
          p.producerId === fact.producerId ? { ...p, paused: fact.paused } : p,
        ),
      };
    case 'lineChanged': {
      const { line: _line, light: _light, ...others } = person;
      const { line, light } = fact;
      return { ...others, ...(line !== 'good' && { line }), ...(light && { light }) };
    }
    case 'stillTaken':
      return sharesScreen(person) ? { ...person, still: fact.still } : person;
    case 'producerClosed':
      return withoutStill({
        ...person,
        producers: person.producers.filter((p) => p.producerId !== fact.producerId),
      });
    default:
      return unreachable(fact);
  }
}

function without(person: LivePerson, sign: Sign): LivePerson {
  const { [sign]: _former, ...others } = person;
  return others;
}

/** [STILL-2] A still image ends with the screen that it shows. */
function withoutStill(person: LivePerson): LivePerson {
  if (!person.still || sharesScreen(person)) return person;
  const { still: _ended, ...others } = person;
  return others;
}

function sharesScreen({ producers }: LivePerson): boolean {
  return producers.some(({ source }) => source === 'screen');
}

/** [LIVE-3] The snapshot after one numbered fact; `gap` when a fact was missed or the hub is another. */
export function advanceLive(
  live: LiveSnapshot,
  { epoch, seq, fact }: { epoch: string; seq: number; fact: LiveFact },
): { live: LiveSnapshot; gap: boolean } {
  if (epoch !== live.epoch) return { live, gap: true };
  if (seq <= live.seq) return { live, gap: false };
  if (seq > live.seq + 1) return { live, gap: true };
  return { live: { epoch, seq, state: evolveLive(live.state, fact) }, gap: false };
}

/** What a participant sends of one source, if anything. */
export function producerOf(
  state: LiveState,
  participantId: string,
  source: LiveProducer['source'],
): LiveProducer | undefined {
  return state[participantId]?.producers.find((p) => p.source === source);
}
