import { unreachable, withTimeout } from '@relais/kit';
import type { MediaFact, MeetingId, NodeId, PeerId, PeerKey } from '@relais/protocol';
import type { Logger } from 'pino';
import type { MediaNodes, MediaNodesFact } from '../../ports/media-nodes.ts';
import type { FanOut } from '../../socket/connection.ts';
import type { LiveMeeting } from '../meeting/live-meeting.ts';
import type { MeetingRegistry } from '../meeting/meeting-registry.ts';
import { Levels } from './levels.ts';
import type { MediaService } from './media.service.ts';
import type { Place } from './recall-demand.ts';

export interface MediaFactsDeps {
  registry: MeetingRegistry;
  service: MediaService;
  nodes: MediaNodes;
  fanOut: FanOut;
  logger: Logger;
}

/** People of a node that drains are sent elsewhere by so many at once, so that the others are not stormed. */
const MOVED_AT_ONCE = 10;
const MOVE_EVERY_MS = 100;
/** What a node may take to say that it is there, before it is taken for cut off itself. */
const ANSWER_MS = 700;
/** Until both answer, or one is lost and nobody is on it any more: as long as a node is known to come back or not. */
const ATTEMPTS = 8;
const ASK_AGAIN_MS = 500;

/** Carries what media nodes report to those of this hub's people whom it concerns. */
export function createMediaFacts(deps: MediaFactsDeps): (nodeId: NodeId, fact: MediaNodesFact) => void {
  const { registry, service, nodes, fanOut, logger } = deps;
  /** Pairs of nodes that are being asked whether they are there. */
  const asking = new Set<string>();
  const levelsOf = new Levels(fanOut);

  return (nodeId, fact) => {
    switch (fact.type) {
      case 'peersLost':
        return losePeers(nodeId, registry.get(fact.roomId as MeetingId), new Set(fact.peerIds));
      case 'consumersClosed':
        return tellClosed(registry.get(fact.roomId as MeetingId), fact);
      case 'demandChanged':
        return tellWanted(registry.get(fact.roomId as MeetingId), fact);
      case 'levels':
        return tellLevels(nodeId, registry.get(fact.roomId as MeetingId), fact);
      case 'nodeLost':
        return reopen(peopleOn(nodeId), 'a media node is lost');
      case 'nodeFound':
      case 'nodeResumed':
        return unattended(askMissing(nodeId));
      case 'nodesApart':
        return unattended(bringTogether(nodeId, fact.otherId));
      case 'draining':
        return unattended(moveAway(nodeId));
      default:
        unreachable(fact);
    }
  };

  /** Nobody waits for the outcome: a defect goes to the log instead. */
  function unattended(done: Promise<void>): void {
    done.catch((error: unknown) => logger.error({ err: error }, 'a media fact could not be carried out'));
  }

  /** Whom this hub has on a node. */
  function peopleOn(nodeId: NodeId): Place[] {
    return [...registry.all()].flatMap((meeting) =>
      [...meeting.occupants.values()]
        .filter(({ media }) => media?.nodeId === nodeId)
        .map((occupant) => ({ meeting, occupant })),
    );
  }

  function losePeers(nodeId: NodeId, meeting: LiveMeeting | undefined, peerIds: ReadonlySet<PeerId>): void {
    if (!meeting) return;
    const lost = [...meeting.occupants.values()].filter(
      ({ media }) => media?.nodeId === nodeId && peerIds.has(media.peerId),
    );
    reopen(
      lost.map((occupant) => ({ meeting, occupant })),
      'a media worker died',
    );
  }

  /** [MEDIA-7] Everybody opens media again by themselves; seats and messages are untouched. */
  function reopen(people: readonly Place[], why: string): void {
    if (people.length > 0) logger.info({ people: people.length, why }, 'media is to be opened again');
    for (const { meeting, occupant } of people) service.lose(meeting, occupant);
  }

  async function askMissing(nodeId: NodeId): Promise<void> {
    const people = peopleOn(nodeId);
    const keys = people.flatMap(({ meeting, occupant }): PeerKey[] =>
      occupant.media ? [{ roomId: meeting.id, peerId: occupant.media.peerId }] : [],
    );
    const missing = await nodes.get(nodeId)?.missing(keys);
    // No answer: the link is broken again, and is resumed or lost again.
    if (!missing?.ok) return;
    const gone = new Set(missing.value.map(({ peerId }) => peerId));
    const lost = people.filter(({ occupant }) => occupant.media && gone.has(occupant.media.peerId));
    reopen(lost, 'a media node was away for a moment');
    const there = people.filter((person) => !lost.includes(person));
    // [BREAK-3] Some may have been moved while it could not be asked to take anything away.
    for (const { meeting, occupant } of there) void service.keepToRoom(meeting, occupant);
    await service.recallDemand(there);
  }

  /**
   * [MEDIA-8] No pipe holds between the two: each meeting that is on both is brought together on the one that has more of
   * its people. Every hub comes to the same, as all know where everybody is. When one of the two does not answer it is
   * not the pipe that is cut but the node: it will be lost, or come back.
   */
  async function bringTogether(nodeId: NodeId, otherId: NodeId): Promise<void> {
    const pair = [nodeId, otherId].sort().join(' ');
    if (asking.has(pair)) return;
    asking.add(pair);
    try {
      for (let attempt = 0; attempt < ATTEMPTS && meetingsOnBoth(nodeId, otherId).length > 0; attempt += 1) {
        const answer = await Promise.all([answers(nodeId), answers(otherId)]);
        if (answer.every(Boolean)) return gather(nodeId, otherId);
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      }
    } finally {
      asking.delete(pair);
    }
  }

  function meetingsOnBoth(nodeId: NodeId, otherId: NodeId): LiveMeeting[] {
    return [...registry.all()].filter((meeting) => {
      const inUse = meeting.nodesInUse();
      return inUse.has(nodeId) && inUse.has(otherId);
    });
  }

  function gather(nodeId: NodeId, otherId: NodeId): void {
    for (const meeting of meetingsOnBoth(nodeId, otherId)) {
      const inUse = meeting.nodesInUse();
      const [one, other] = [inUse.get(nodeId) ?? 0, inUse.get(otherId) ?? 0];
      const leave = one < other || (one === other && nodeId > otherId) ? nodeId : otherId;
      const people = [...meeting.occupants.values()].filter(({ media }) => media?.nodeId === leave);
      reopen(
        people.map((occupant) => ({ meeting, occupant })),
        'two media nodes do not reach each other',
      );
    }
  }

  async function answers(nodeId: NodeId): Promise<boolean> {
    const node = nodes.get(nodeId);
    if (!node) return false;
    return withTimeout(node.isReady(), ANSWER_MS, 'asking a node whether it is there').catch(() => false);
  }

  /** A few at a time: each finds its new place, and its sound, before the next are sent. */
  async function moveAway(nodeId: NodeId): Promise<void> {
    for (let people = peopleOn(nodeId); people.length > 0; people = peopleOn(nodeId)) {
      reopen(people.slice(0, MOVED_AT_ONCE), 'a media node is about to stop');
      await new Promise((resolve) => setTimeout(resolve, MOVE_EVERY_MS));
    }
  }

  function tellLevels(
    nodeId: NodeId,
    meeting: LiveMeeting | undefined,
    { levels }: Extract<MediaFact, { type: 'levels' }>,
  ): void {
    if (!meeting) return;
    const speakers = levels.flatMap(({ producerId, level }) => {
      const participantId = meeting.ownerOf(producerId);
      return participantId ? [{ participantId, level }] : [];
    });
    levelsOf.told(meeting, nodeId, speakers);
  }
}

/** [DEMAND-1] To the one who sends it. */
function tellWanted(
  meeting: LiveMeeting | undefined,
  { peerId, demands }: Extract<MediaFact, { type: 'demandChanged' }>,
): void {
  meeting?.occupantOfPeer(peerId)?.connection?.tell('layersWanted', { wanted: demands });
}

function tellClosed(
  meeting: LiveMeeting | undefined,
  { peerId, consumerIds }: Extract<MediaFact, { type: 'consumersClosed' }>,
): void {
  meeting?.occupantOfPeer(peerId)?.connection?.tell('consumersClosed', { consumerIds });
}
