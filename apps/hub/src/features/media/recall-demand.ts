import type { LiveProducer, NodeId, PeerKey } from '@relais/protocol';
import type { MediaNodes } from '../../ports/media-nodes.ts';
import type { LiveMeeting, Occupant } from '../meeting/live-meeting.ts';

/** Somebody, and where. */
export interface Place {
  meeting: LiveMeeting;
  occupant: Occupant;
}

/** Above every layer that there is. */
const ALL_LAYERS = 7;

/**
 * [DEMAND-4] For people whose media stood while they, or this hub, could not hear of it: the node tells again what is
 * taken of what they send. When it does not answer they are told that all is.
 */
export async function recallDemand(nodes: MediaNodes, people: readonly Place[]): Promise<void> {
  const byNode = new Map<NodeId, Place[]>();
  for (const place of people) {
    const nodeId = place.occupant.media?.nodeId;
    if (nodeId) byNode.set(nodeId, [...(byNode.get(nodeId) ?? []), place]);
  }
  const asked = [...byNode].map(async ([nodeId, some]) => {
    const told = await nodes.get(nodeId)?.tellDemand(some.flatMap(keyOf));
    if (!told?.ok) for (const place of some) tellAllWanted(place);
  });
  await Promise.all(asked);
}

function keyOf({ meeting, occupant }: Place): PeerKey[] {
  return occupant.media ? [{ roomId: meeting.id, peerId: occupant.media.peerId }] : [];
}

function tellAllWanted({ meeting, occupant }: Place): void {
  const producers: readonly LiveProducer[] = meeting.live[occupant.participantId]?.producers ?? [];
  const wanted = producers.map(({ producerId }) => ({ producerId, spatialLayer: ALL_LAYERS }));
  if (wanted.length > 0) occupant.connection?.tell('layersWanted', { wanted });
}
