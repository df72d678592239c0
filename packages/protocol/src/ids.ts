import { z } from 'zod';
import { CODE_PATTERN } from './limits.ts';

/** Ids are opaque; the bound keeps a hostile one from filling a log line or an index. */
const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/);

export const meetingId = id.brand('MeetingId');
export type MeetingId = z.infer<typeof meetingId>;

export const participantId = id.brand('ParticipantId');
export type ParticipantId = z.infer<typeof participantId>;

/** Somebody's account, on this site. */
export const personId = id.brand('PersonId');
export type PersonId = z.infer<typeof personId>;

/** Made by the sender's browser: the same message sent twice carries the same one. */
export const clientMessageId = id.brand('ClientMessageId');
export type ClientMessageId = z.infer<typeof clientMessageId>;

/** One pair of transports of one participant on a media node. A new one is given when media is opened anew. */
export const peerId = id.brand('PeerId');
export type PeerId = z.infer<typeof peerId>;

/** One run of a media node: a node that was started again is another one, with nothing of before on it. */
export const nodeId = id.brand('NodeId');
export type NodeId = z.infer<typeof nodeId>;
/** One run of a hub. */
export const hubId = id.brand('HubId');
export type HubId = z.infer<typeof hubId>;
export const producerId = id.brand('ProducerId');
export type ProducerId = z.infer<typeof producerId>;

export const consumerId = id.brand('ConsumerId');
export type ConsumerId = z.infer<typeof consumerId>;

/** Made by the sharer's browser, one for each still image of its screen. */
export const stillId = id.brand('StillId');
export type StillId = z.infer<typeof stillId>;

/** A room of sub-groups. A plan's rooms keep theirs over every round that is made of it, and so do their messages. */
export const roomId = id.brand('RoomId');
export type RoomId = z.infer<typeof roomId>;
export const roundId = id.brand('RoundId');
export type RoundId = z.infer<typeof roundId>;
export const planId = id.brand('PlanId');
export type PlanId = z.infer<typeof planId>;

export const meetingCode = z.string().regex(CODE_PATTERN).brand('MeetingCode');
export type MeetingCode = z.infer<typeof meetingCode>;
