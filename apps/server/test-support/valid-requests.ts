import { PROTOCOL_VERSION, type RequestInput, type RequestName } from '@relais/protocol';
import { MEDIA, voice } from './running.ts';

const ROOMS = [
  {
    roomId: 'r',
    name: 'Jardin',
    instructions: 'Trois idées',
    documentUrl: 'https://exemple.org/a',
    people: ['Ana'],
  },
];
const DRAFT: RequestInput<'breakout:propose'> = {
  rooms: ROOMS,
  filling: { kind: 'byHand', placements: [{ participantId: 'p', room: 0 }] },
  seed: 1,
  withFacilitators: false,
};

/** One valid request of each kind, for a person who has joined this meeting with this peer. */
export function validRequests({
  code,
  peerId,
  producerId,
}: {
  code: RequestInput<'meeting:join'>['code'];
  peerId: string;
  producerId: string;
}): { [N in RequestName]: RequestInput<N> } {
  return {
    'meeting:join': {
      protocolVersion: PROTOCOL_VERSION,
      code,
      name: 'Ana',
      facilitatorKey: 'k',
      formerSeats: ['p'],
      sinceVersion: 1,
      media: MEDIA,
      keepPeerId: peerId,
    },
    'meeting:leave': {},
    'meeting:catchUp': { sinceVersion: 0 },
    'chat:post': { clientMessageId: 'm1', text: 'bonjour', place: 'plenary' },
    'breakout:savePlan': { planId: 'p', title: 'Ateliers', rooms: ROOMS, minutes: 20 },
    'breakout:removePlan': { planId: 'p' },
    'breakout:propose': { ...DRAFT, filling: { kind: 'size', size: 4 } },
    'breakout:open': {
      ...DRAFT,
      after: 'round',
      countdownSeconds: 5,
      minutes: 20,
      late: 'own',
      mayChoose: true,
    },
    'breakout:dropNext': {},
    'breakout:move': { moves: [{ participantId: 'p', roomId: null }] },
    'breakout:addTime': { minutes: 1, roomId: 'r' },
    'breakout:close': { roomId: 'r' },
    'breakout:announce': { clientMessageId: 'm2', text: 'À tout le monde', places: ['plenary', 'r'] },
    'breakout:ask': { kind: 'help', reason: 'Le document ne s’ouvre pas' },
    'breakout:takeAsk': { kind: 'help', roomId: 'r' },
    'breakout:endAsk': { kind: 'time', roomId: 'r' },
    'breakout:giveRole': { participantId: 'p', role: 'host' },
    'breakout:label': { participantId: 'p', label: 'CLSC' },
    'breakout:nameSuccessor': { participantId: 'p' },
    'breakout:stepIn': {},
    'breakout:speakToAll': { on: false },
    'floor:close': { participantId: 'p', source: 'camera' },
    'floor:closeAll': {},
    'floor:invite': { participantId: 'p' },
    'door:lock': { locked: true },
    'door:remove': { participantId: 'p' },
    'door:letBack': { participantId: 'p' },
    'door:setWaiting': { mode: 'on' },
    'door:admit': { participantIds: ['p'] },
    'door:refuse': { participantId: 'p', word: 'Plus tard' },
    'door:wait': { code, name: 'Ana' },
    'door:stopWaiting': {},
    'hand:raise': { up: true },
    'hand:lower': { participantId: 'p' },
    'still:put': {
      stillId: 's1',
      type: 'image/webp',
      bytes: 20,
      offset: 0,
      piece: Buffer.from('RIFF....WEBPVP8 '),
    },
    'still:get': { participantId: 'p', stillId: 's1', offset: 0, length: 100 },
    'notes:open': { place: 'plenary', stateVector: Uint8Array.of(0) },
    'notes:close': {},
    'notes:write': { place: 'plenary', update: Uint8Array.of(0, 0), grant: 'g' },
    'notes:read': { place: 'plenary' },
    'notes:harvest': {},
    'notes:watch': { on: true },
    'chat:history': { beforeVersion: 9, limit: 10, place: 'plenary' },
    'help:offer': { participantId: 'p', help: 'lightMode' },
    'line:tell': { line: 'slow', light: false },
    'line:probe': {},
    'media:open': MEDIA,
    'media:produce': voice(peerId, 777),
    'media:pauseProducer': { producerId, paused: true },
    'media:closeProducer': { producerId },
    'media:consume': { peerId, producerIds: [producerId] },
    'media:pauseConsumers': { consumerIds: ['c'], paused: true },
    'media:closeConsumers': { consumerIds: ['c'] },
    'media:preferLayer': { consumerId: 'c', spatialLayer: 0 },
    'media:restartIce': { peerId, direction: 'send' },
    'check:open': { rtpCapabilities: MEDIA.rtpCapabilities, fingerprints: MEDIA.fingerprints },
    'check:loop': { rtpParameters: voice(peerId, 778).rtpParameters },
    'check:close': {},
  };
}
