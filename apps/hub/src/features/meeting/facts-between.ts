import { sign, type LiveFact, type LivePerson, type ParticipantId } from '@relais/protocol';

/** The facts that lead from one present of a person to another one [LIVE-1]. Pure. */
export function factsBetween(participantId: ParticipantId, from: LivePerson, to: LivePerson): LiveFact[] {
  const kept = new Map(from.producers.map((producer) => [producer.producerId, producer]));
  const wanted = new Set(to.producers.map(({ producerId }) => producerId));
  const closed = from.producers.filter(({ producerId }) => !wanted.has(producerId));
  return [
    ...closed.map(({ producerId }): LiveFact => ({ type: 'producerClosed', participantId, producerId })),
    ...(from.connected === to.connected
      ? []
      : [{ type: 'connectionChanged', participantId, connected: to.connected } as const]),
    ...to.producers.flatMap((producer): LiveFact[] => {
      const before = kept.get(producer.producerId);
      if (!before) return [{ type: 'producerOpened', participantId, ...producer }];
      if (before.paused === producer.paused) return [];
      const { producerId, paused } = producer;
      return [{ type: 'producerPaused', participantId, producerId, paused }];
    }),
    ...lineBetween(participantId, from, to),
    ...stillBetween(participantId, from, to),
    ...signsBetween(participantId, from, to),
  ];
}

function lineBetween(participantId: ParticipantId, from: LivePerson, to: LivePerson): LiveFact[] {
  if (from.line === to.line && from.light === to.light) return [];
  return [{ type: 'lineChanged', participantId, line: to.line ?? 'good', light: to.light ?? false }];
}

/** After the connection: who is not connected speaks to nobody, and that goes without saying [VOICE-2]. */
function signsBetween(participantId: ParticipantId, from: LivePerson, to: LivePerson): LiveFact[] {
  return sign.options.flatMap((one): LiveFact[] => {
    const since = to[one] ?? null;
    if ((from[one] ?? null) === since || (one === 'toAll' && !to.connected)) return [];
    return [{ type: 'signChanged', participantId, sign: one, since }];
  });
}

/** After the screen itself was told: a still image without one is none [STILL-2]. */
function stillBetween(participantId: ParticipantId, from: LivePerson, { still }: LivePerson): LiveFact[] {
  if (!still || still.stillId === from.still?.stillId) return [];
  return [{ type: 'stillTaken', participantId, still }];
}
