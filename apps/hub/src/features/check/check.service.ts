import { randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '@relais/kit';
import type {
  CheckEcho,
  CheckMedia,
  CheckOffer,
  MediaNode,
  ParticipantId,
  PeerId,
  Refusal,
  RtpParameters,
} from '@relais/protocol';
import type { MediaNodes } from '../../ports/media-nodes.ts';
import { refusalOf } from '../media/media-answers.ts';
import type { TurnServers } from '../media/media.service.ts';

/** A check is over in ten seconds; a line of 64 kbit/s takes its time to connect. */
const LONGEST_MS = 30_000;
/** At once on this hub: a voice each way, which a worker carries some hundreds of. */
const MAX_OPEN = 100;
/** At once from one address: a village hall in which everybody checks before the meeting begins. */
const MAX_PER_ADDRESS = 30;
/** Seconds that a right to relay holds which was given for a check: nobody should make calls of their own with it. */
const TURN_SECONDS = 60;
const BUSY: Refusal = { kind: 'tooMany', retryAfterMs: 5000 };
const MEDIA_AWAY: Refusal = { kind: 'unavailable', what: 'media' };

/** Whose check it is: a socket, with or without a seat. */
export interface Checking {
  readonly id: string;
  readonly address: string;
}

interface OpenCheck {
  readonly address: string;
  readonly node: MediaNode;
  /** No meeting has it: a meeting's id has no colon. */
  readonly roomId: string;
  /** What the browser sends comes in at one peer and goes out at another, since nobody receives their own [MEDIA-3]. */
  readonly sender: PeerId;
  readonly receiver: PeerId;
  readonly timer: NodeJS.Timeout;
  looping: boolean;
}

/** Short-lived ways to a media node and back, by which a browser tries its line before it joins [CHECK-2]. */
export class CheckService {
  readonly #nodes: MediaNodes;
  readonly #turn: TurnServers | undefined;
  /** By the socket's id. */
  readonly #open = new Map<string, OpenCheck>();
  readonly #unsubscribe: () => void;

  constructor(nodes: MediaNodes, turn?: TurnServers) {
    this.#nodes = nodes;
    this.#turn = turn;
    // A node that is about to stop is not kept waiting for checks.
    this.#unsubscribe = nodes.subscribe((nodeId, fact) => {
      if (fact.type !== 'draining' && fact.type !== 'nodeLost') return;
      for (const [id, check] of [...this.#open]) if (check.node.nodeId === nodeId) this.#close(id);
    });
  }

  /** Checks that are open now. */
  get size(): number {
    return this.#open.size;
  }

  async open(whose: Checking, offer: CheckOffer): Promise<Result<CheckMedia, Refusal>> {
    this.#close(whose.id);
    if (this.#open.size >= MAX_OPEN || this.#countFrom(whose.address) >= MAX_PER_ADDRESS) return fail(BUSY);
    const id = randomUUID();
    const roomId = `check:${id}`;
    const node = this.#nodes.place(roomId, new Map());
    if (!node) return fail(MEDIA_AWAY);
    const check = this.#enter(whose, node, roomId);
    const [out, back] = await Promise.all([
      node.openPeer({ ...offer, roomId, peerId: check.sender, consume: [] }),
      node.openPeer({ ...offer, roomId, peerId: check.receiver, consume: [] }),
    ]);
    if (this.#open.get(whose.id) !== check) {
      // Closed while the node was at work: what it made meanwhile belongs to nobody.
      this.#end(check);
      return fail(MEDIA_AWAY);
    }
    if (!out.ok || !back.ok) {
      this.#close(whose.id);
      return fail(out.ok ? (back.ok ? MEDIA_AWAY : refusalOf(back.error)) : refusalOf(out.error));
    }
    const iceServers = this.#turn?.(`check-${id}` as ParticipantId, TURN_SECONDS);
    return ok({
      send: out.value.send,
      recv: back.value.recv,
      ...(iceServers && { iceServers }),
      closesInMs: LONGEST_MS,
    });
  }

  /** Once for each check: one sound, back to who sends it. */
  async loop(whose: Checking, rtpParameters: RtpParameters): Promise<Result<CheckEcho, Refusal>> {
    const check = this.#open.get(whose.id);
    if (!check || check.looping) return fail({ kind: 'mediaRefused', reason: 'no check is open' });
    check.looping = true;
    const { node, roomId, sender, receiver } = check;
    const sent = await node.produce({ roomId, peerId: sender, kind: 'audio', rtpParameters, paused: false });
    if (!sent.ok) return fail(refusalOf(sent.error));
    const producers = [{ producerId: sent.value.producerId, nodeId: node.nodeId }];
    const back = await node.consume({ roomId, peerId: receiver, producers, paused: false });
    if (!back.ok) return fail(refusalOf(back.error));
    const [echo] = back.value;
    if (!echo) return fail({ kind: 'mediaRefused', reason: 'the sound cannot be sent back' });
    const { consumerId, producerId, kind, rtpParameters: parameters } = echo;
    return ok({ consumerId, producerId, kind, rtpParameters: parameters });
  }

  /** Asked for, or with the socket. */
  close(whose: Pick<Checking, 'id'>): void {
    this.#close(whose.id);
  }

  closeAll(): void {
    this.#unsubscribe();
    for (const id of [...this.#open.keys()]) this.#close(id);
  }

  #enter(whose: Checking, node: MediaNode, roomId: string): OpenCheck {
    const check: OpenCheck = {
      address: whose.address,
      node,
      roomId,
      sender: randomUUID() as PeerId,
      receiver: randomUUID() as PeerId,
      timer: setTimeout(() => {
        if (this.#open.get(whose.id) === check) this.#close(whose.id);
      }, LONGEST_MS),
      looping: false,
    };
    check.timer.unref();
    this.#open.set(whose.id, check);
    return check;
  }

  #close(id: string): void {
    const check = this.#open.get(id);
    if (!check) return;
    this.#open.delete(id);
    this.#end(check);
  }

  #end({ node, roomId, sender, receiver, timer }: OpenCheck): void {
    clearTimeout(timer);
    void node.closePeer({ roomId, peerId: sender });
    void node.closePeer({ roomId, peerId: receiver });
  }

  #countFrom(address: string): number {
    return [...this.#open.values()].filter((check) => check.address === address).length;
  }
}
