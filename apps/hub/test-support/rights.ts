import { PROTOCOL_VERSION } from '@relais/protocol';
import type { ParticipantId, PeerId, RequestInput, RequestName, RoomId } from '@relais/protocol';
import { microphone } from '@relais/testing';
import { HTTP_ROUTES, type HttpRoute } from '@relais/domain';
import { CODE, MEDIA } from './hub-rig.ts';

/** What the examples are about: somebody who is in a room of a round, with media open. */
export interface Scene {
  self: ParticipantId;
  roomId: RoomId;
  peerId: PeerId;
}

/** One valid request of each name: without one this does not compile. Ids that are nobody's are refused, but not for a lack of rights. */
export const examples: { [N in RequestName]: (scene: Scene) => RequestInput<N> } = {
  'meeting:join': () => ({ protocolVersion: PROTOCOL_VERSION, code: CODE, name: 'Ana' }),
  'meeting:leave': () => ({}),
  'meeting:catchUp': () => ({ sinceVersion: 0 }),
  'chat:post': () => ({ clientMessageId: 'm1', text: 'Bonjour' }),
  'chat:history': () => ({ beforeVersion: 1, limit: 1 }),
  'notes:open': ({ roomId }) => ({ place: roomId, stateVector: new Uint8Array([0]) }),
  'notes:close': () => ({}),
  'notes:write': ({ roomId }) => ({ place: roomId, update: new Uint8Array([0, 0]) }),
  'notes:read': ({ roomId }) => ({ place: roomId }),
  'notes:harvest': () => ({}),
  'notes:watch': () => ({ on: true }),
  'line:tell': () => ({ line: 'good', light: false }),
  'line:probe': () => ({}),
  'help:offer': ({ self }) => ({ participantId: self, help: 'lightMode' }),
  'hand:raise': () => ({ up: true }),
  'hand:lower': ({ self }) => ({ participantId: self }),
  'still:put': () => ({
    stillId: 's1',
    type: 'image/webp',
    bytes: 3,
    offset: 0,
    piece: new Uint8Array([1, 2, 3]),
  }),
  'still:get': ({ self }) => ({ participantId: self, stillId: 's1', offset: 0, length: 1 }),
  'floor:close': ({ self }) => ({ participantId: self, source: 'microphone' }),
  'floor:closeAll': () => ({}),
  'floor:invite': ({ self }) => ({ participantId: self }),
  'door:lock': () => ({ locked: true }),
  'door:remove': ({ self }) => ({ participantId: self }),
  'door:setWaiting': () => ({ mode: 'on' }),
  'door:admit': ({ self }) => ({ participantIds: [self] }),
  'door:refuse': ({ self }) => ({ participantId: self }),
  'door:wait': () => ({ code: CODE, name: 'Ana' }),
  'door:stopWaiting': () => ({}),
  'door:letBack': ({ self }) => ({ participantId: self }),
  'breakout:savePlan': () => ({ title: 'Cercles', rooms: [{ name: 'Un' }], minutes: null }),
  'breakout:removePlan': () => ({ planId: 'p1' }),
  'breakout:propose': () => DRAFT,
  'breakout:open': () => ({
    ...DRAFT,
    countdownSeconds: 0,
    minutes: 10,
    late: 'smallest',
    mayChoose: false,
  }),
  'breakout:dropNext': () => ({}),
  'breakout:move': ({ self }) => ({ moves: [{ participantId: self, roomId: null }] }),
  'breakout:addTime': () => ({ minutes: 1 }),
  'breakout:close': () => ({}),
  'breakout:announce': () => ({ clientMessageId: 'm2', text: 'Bientôt' }),
  'breakout:ask': () => ({ kind: 'help' }),
  'breakout:takeAsk': ({ roomId }) => ({ kind: 'help', roomId }),
  'breakout:endAsk': ({ roomId }) => ({ kind: 'help', roomId }),
  'breakout:giveRole': ({ self }) => ({ participantId: self, role: 'host' }),
  'breakout:label': ({ self }) => ({ participantId: self, label: 'CLSC' }),
  'breakout:nameSuccessor': ({ self }) => ({ participantId: self }),
  'breakout:speakToAll': () => ({ on: true }),
  'breakout:stepIn': () => ({}),
  'media:open': () => MEDIA,
  'media:produce': ({ peerId }) => ({
    peerId,
    source: 'microphone',
    kind: 'audio',
    rtpParameters: microphone(),
    paused: false,
  }),
  'media:pauseProducer': () => ({ producerId: 'x', paused: true }),
  'media:closeProducer': () => ({ producerId: 'x' }),
  'media:consume': ({ peerId }) => ({ peerId, producerIds: ['x'] }),
  'media:pauseConsumers': () => ({ consumerIds: ['x'], paused: true }),
  'media:closeConsumers': () => ({ consumerIds: ['x'] }),
  'media:preferLayer': () => ({ consumerId: 'x', spatialLayer: 0 }),
  'media:restartIce': ({ peerId }) => ({ peerId, direction: 'send' }),
  'check:open': () => ({ rtpCapabilities: MEDIA.rtpCapabilities, fingerprints: MEDIA.fingerprints }),
  'check:loop': () => ({ rtpParameters: microphone() }),
  'check:close': () => ({}),
};

const DRAFT = {
  rooms: [{ name: 'Un' }],
  filling: { kind: 'even' } as const,
  seed: 1,
  withFacilitators: false,
};

/** What is sent with a request to a route, where its path does not say all. */
export const httpExamples: { [R in HttpRoute]: { query?: string; body?: unknown; owner?: true } } = {
  'POST /api/meetings': { body: { title: 'Cercle' } },
  'GET /api/meetings/:code': {},
  'POST /api/meetings/:code/leave': {},
  'GET /api/meetings/:code/plans': {},
  'PUT /api/meetings/:code/plans': { body: { title: 'Cercles', rooms: [{ name: 'Un' }], minutes: null } },
  'DELETE /api/meetings/:code/plans/:planId': {},
  'PUT /api/meetings/:code/checks': { body: { name: 'Ana', verdict: 'ready' }, owner: true },
  'DELETE /api/meetings/:code/checks': { owner: true },
  'GET /api/meetings/:code/checks': {},
  'GET /api/check/download': { query: '?bytes=1' },
  'POST /api/check/upload': { body: {} },
  'GET /api/admin/overview': {},
  'GET /api/admin/mails': {},
  'GET /api/auth/door': {},
  'POST /api/auth/link': { body: { email: 'bea@exemple.test', lang: 'fr' } },
  'POST /api/auth/link/use': { body: { token: 'x'.repeat(32) } },
  'POST /api/auth/password': { body: { email: 'bea@exemple.test', password: 'une phrase comme une autre' } },
  'POST /api/auth/reset': { body: { email: 'bea@exemple.test', lang: 'fr' } },
  'POST /api/auth/reset/use': { body: { token: 'x'.repeat(32), password: 'une phrase comme une autre' } },
  'POST /api/auth/first': {
    body: { token: 'x', name: 'Odile', email: 'odile@exemple.test', password: 'une phrase comme une autre' },
  },
  'POST /api/auth/sign-out': {},
  'POST /api/auth/provider': {},
  'GET /api/auth/callback/oidc': { query: '?state=x&code=y' },
  'GET /api/people/me': {},
  'PUT /api/people/me': { body: { name: 'Ana Tremblay' } },
  'DELETE /api/people/me/sessions': {},
  'DELETE /api/people/me/sessions/:sessionId': {},
  'PUT /api/people/me/photo': {},
  'DELETE /api/people/me/photo': {},
  'GET /api/people/me/photo/:version': {},
  'GET /api/people/mails': {},
  'GET /api/communities': {},
  'POST /api/communities': {
    body: { slug: 'autre', name: 'Autre', joining: 'open', coordinator: 'odile@exemple.test', lang: 'fr' },
  },
  'POST /api/communities/invitation/look': { body: { token: 'x'.repeat(48) } },
  'POST /api/communities/invitation/accept': { body: { token: 'x'.repeat(48), lang: 'fr' } },
  'GET /api/communities/:slug': {},
  'PUT /api/communities/:slug': { body: { name: 'Loisir', joining: 'request' } },
  'PUT /api/communities/:slug/coordinator': { body: { email: 'odile@exemple.test', lang: 'fr' } },
  'POST /api/communities/:slug/join': { body: { lang: 'fr' } },
  'PUT /api/communities/:slug/request': { body: { lang: 'fr' } },
  'DELETE /api/communities/:slug/request': {},
  'POST /api/communities/:slug/leave': {},
  'GET /api/communities/:slug/members': {},
  'PUT /api/communities/:slug/members/:personId': { body: { role: 'animator' } },
  'DELETE /api/communities/:slug/members/:personId': {},
  'GET /api/communities/:slug/members/:personId/photo/:version': {},
  'GET /api/communities/:slug/requests': {},
  'POST /api/communities/:slug/requests/:personId': { body: { accept: true } },
  'GET /api/communities/:slug/invitations': {},
  'POST /api/communities/:slug/invitations': { body: { kind: 'link', days: 7, lang: 'fr' } },
  'DELETE /api/communities/:slug/invitations/:invitationId': {},
  'GET /api/calendar': {},
  'POST /api/calendar': {
    body: { title: 'Cercle', date: '2027-02-03', time: '19:00', minutes: 60, lang: 'fr' },
  },
  'GET /api/calendar/me': {},
  'PUT /api/calendar/me': { body: { remindDay: true, remindHour: false } },
  'POST /api/calendar/me/feed': {},
  'GET /api/calendar/communities/:slug/feed': {},
  'GET /api/calendar/feeds/:feed': {},
  'POST /api/calendar/registrations/cancel': { body: { token: `x1234567.${'x'.repeat(43)}` } },
  'GET /api/calendar/meetings/:code': {},
  'GET /api/calendar/meetings/:code/file': {},
  'PUT /api/calendar/meetings/:code': {
    body: { title: 'Cercle', date: '2027-02-03', time: '19:00', minutes: 60, scope: 'one', sequence: 0 },
  },
  'POST /api/calendar/meetings/:code/cancel': { body: { scope: 'one' } },
  'GET /api/calendar/meetings/:code/registrations': {},
  'POST /api/calendar/meetings/:code/registrations': {
    body: { name: 'Ana', email: 'ana@exemple.test', lang: 'fr' },
  },
  'DELETE /api/calendar/meetings/:code/registrations/me': {},
  'GET /metrics': {},
  'GET /healthz': {},
  'GET /readyz': {},
};

/** Those of accounts, which are walked over a database. */
export const ACCOUNT_ROUTES = HTTP_ROUTES.filter((route) =>
  /^[A-Z]+ \/api\/(auth|people|calendar)\b/.test(route),
);
/** Those of communities, which are walked over a database as well: what somebody is, they are in one of them. */
export const COMMUNITY_ROUTES = HTTP_ROUTES.filter((route) => / \/api\/communities\b/.test(route));
