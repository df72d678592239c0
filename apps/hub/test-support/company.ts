import type { ParticipantId, PeerId, ProducerId, RequestInput } from '@relais/protocol';
import { microphone } from '@relais/testing';
import { FacilitatorKeys } from '../src/features/meeting/facilitator-key.ts';
import type { Handshake } from '../src/ports/accounts.ts';
import { Browser } from './browser.ts';
import { CODE, MEDIA, MEETING_ID, SECRET } from './hub-rig.ts';
import type { MemoryGateway } from './memory-gateway.ts';

export const facilitatorKey = new FacilitatorKeys(SECRET).sign(MEETING_ID);

/** Somebody in the meeting, with media open. */
export class Member {
  readonly browser: Browser;
  readonly gateway: MemoryGateway;
  readonly name: string;
  peerId = '' as PeerId;

  private constructor(gateway: MemoryGateway, name: string, handshake?: Handshake) {
    this.browser = new Browser(gateway);
    this.browser.connection = gateway.connect(handshake);
    this.gateway = gateway;
    this.name = name;
  }

  static async join(
    gateway: MemoryGateway,
    name: string,
    isAnim = false,
    handshake?: Handshake,
  ): Promise<Member> {
    const member = new Member(gateway, name, handshake);
    const { media } = await member.browser.join(CODE, name, {
      media: MEDIA,
      ...(isAnim && { facilitatorKey }),
    });
    member.peerId = media!.peerId;
    return member;
  }

  get id(): ParticipantId {
    return this.browser.seat!.participantId;
  }

  async speak(paused = false): Promise<ProducerId> {
    const { producerId } = await this.browser.call('media:produce', {
      peerId: this.peerId,
      source: 'microphone',
      kind: 'audio',
      rtpParameters: microphone(),
      paused,
    });
    return producerId;
  }

  hear(...producerIds: ProducerId[]): Promise<string> {
    return this.browser.attempt('media:consume', { peerId: this.peerId, producerIds });
  }

  /** How their browser sees somebody now. */
  sees(other: Member) {
    this.browser.receive();
    return this.browser.live!.state[other.id];
  }
}

/** A round of rooms that these are put in, one by one. */
export const openingOf = (rooms: Member[][]): RequestInput<'breakout:open'> => ({
  rooms: rooms.map((_, index) => ({ name: `Salle ${index + 1}` })),
  filling: {
    kind: 'byHand',
    placements: rooms.flatMap((people, room) => people.map(({ id }) => ({ participantId: id, room }))),
  },
  seed: 1,
  withFacilitators: false,
  countdownSeconds: 0,
  minutes: 10,
  late: 'smallest',
  mayChoose: false,
});
