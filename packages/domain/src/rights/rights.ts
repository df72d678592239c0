import type { RequestName } from '@relais/protocol';
import type { Role } from './roles.ts';

/** Of the hub's HTTP, as it is mounted. */
export const HTTP_ROUTES = [
  'POST /api/meetings',
  'GET /api/meetings/:code',
  'POST /api/meetings/:code/leave',
  'GET /api/meetings/:code/plans',
  'PUT /api/meetings/:code/plans',
  'DELETE /api/meetings/:code/plans/:planId',
  'GET /api/meetings/:code/entry',
  'PUT /api/meetings/:code/entry',
  'GET /api/meetings/:code/guest-links',
  'POST /api/meetings/:code/guest-links',
  'DELETE /api/meetings/:code/guest-links/:linkId',
  'PUT /api/meetings/:code/checks',
  'DELETE /api/meetings/:code/checks',
  'GET /api/meetings/:code/checks',
  'GET /api/check/download',
  'POST /api/check/upload',
  'GET /api/admin/overview',
  'GET /api/admin/mails',
  'GET /api/auth/door',
  'POST /api/auth/link',
  'POST /api/auth/link/use',
  'POST /api/auth/password',
  'POST /api/auth/reset',
  'POST /api/auth/reset/use',
  'POST /api/auth/first',
  'POST /api/auth/sign-out',
  'POST /api/auth/provider',
  'GET /api/auth/callback/oidc',
  'GET /api/people/me',
  'PUT /api/people/me',
  'DELETE /api/people/me/sessions',
  'DELETE /api/people/me/sessions/:sessionId',
  'PUT /api/people/me/photo',
  'DELETE /api/people/me/photo',
  'GET /api/people/me/photo/:version',
  'GET /api/people/mails',
  'GET /api/people/privacy',
  'GET /api/people/me/data',
  'POST /api/people/me/erase',
  'GET /api/people/me/register',
  'GET /api/people/register',
  'GET /api/people/register/attendance',
  'GET /api/communities',
  'POST /api/communities',
  'POST /api/communities/invitation/look',
  'POST /api/communities/invitation/accept',
  'GET /api/communities/:slug',
  'PUT /api/communities/:slug',
  'PUT /api/communities/:slug/coordinator',
  'POST /api/communities/:slug/join',
  'PUT /api/communities/:slug/request',
  'DELETE /api/communities/:slug/request',
  'POST /api/communities/:slug/leave',
  'GET /api/communities/:slug/members',
  'PUT /api/communities/:slug/members/:personId',
  'DELETE /api/communities/:slug/members/:personId',
  'GET /api/communities/:slug/members/:personId/photo/:version',
  'GET /api/communities/:slug/register',
  'GET /api/communities/:slug/requests',
  'POST /api/communities/:slug/requests/:personId',
  'GET /api/communities/:slug/invitations',
  'POST /api/communities/:slug/invitations',
  'DELETE /api/communities/:slug/invitations/:invitationId',
  'GET /api/calendar',
  'POST /api/calendar',
  'GET /api/calendar/me',
  'PUT /api/calendar/me',
  'POST /api/calendar/me/feed',
  'GET /api/calendar/communities/:slug/feed',
  'GET /api/calendar/feeds/:feed',
  'POST /api/calendar/registrations/cancel',
  'GET /api/calendar/meetings/:code',
  'GET /api/calendar/meetings/:code/file',
  'PUT /api/calendar/meetings/:code',
  'POST /api/calendar/meetings/:code/cancel',
  'GET /api/calendar/meetings/:code/registrations',
  'GET /api/calendar/meetings/:code/record',
  'GET /api/calendar/meetings/:code/record/messages',
  'GET /api/calendar/meetings/:code/record/file',
  'POST /api/calendar/meetings/:code/registrations',
  'DELETE /api/calendar/meetings/:code/registrations/me',
  'POST /api/communities/:slug/import/preview',
  'POST /api/communities/:slug/import',
  'GET /metrics',
  'GET /healthz',
  'GET /readyz',
] as const;
export type HttpRoute = (typeof HTTP_ROUTES)[number];

/** Whatever somebody may ask for. */
export type Action = RequestName | HttpRoute;

/** `all`: whoever and wherever it is about. `own`: what is their own alone, by a rule that stands beside the table. */
export type Scope = 'all' | 'own';
type Rights = Partial<Record<Role, Scope>>;

const FACILITATOR = { facilitator: 'all' } as const satisfies Rights;
/** Who is in the meeting. */
const SEATED = { facilitator: 'own', participant: 'own', guest: 'own' } as const satisfies Rights;
/** Who is at the door, of themselves alone. */
const WAITING = { waiting: 'own' } as const satisfies Rights;
/** Others only what is theirs: of the room where they are, of themselves. */
const THEIRS = { facilitator: 'all', participant: 'own', guest: 'own' } as const satisfies Rights;
const EVERYBODY = {
  administrator: 'all',
  coordinator: 'all',
  animator: 'all',
  member: 'all',
  person: 'all',
  facilitator: 'all',
  participant: 'all',
  guest: 'all',
  waiting: 'all',
  nobody: 'all',
} as const satisfies Rights;
/** What a secret of theirs proves to be theirs, whoever they are. */
const HOLDER = {
  administrator: 'own',
  coordinator: 'own',
  animator: 'own',
  member: 'own',
  person: 'own',
  facilitator: 'own',
  participant: 'own',
  guest: 'own',
  waiting: 'own',
  nobody: 'own',
} as const satisfies Rights;
/** Who is signed in: of themselves alone. */
const SIGNED_IN = {
  administrator: 'own',
  coordinator: 'own',
  animator: 'own',
  member: 'own',
  person: 'own',
} as const satisfies Rights;
/** Whoever is signed in. */
const KNOWN = {
  administrator: 'all',
  coordinator: 'all',
  animator: 'all',
  member: 'all',
  person: 'all',
} as const satisfies Rights;
/** Members of the community, and no others: who administers the site is none by that. */
const OF_COMMUNITY = { coordinator: 'own', animator: 'own', member: 'own' } as const satisfies Rights;
const COORDINATOR = { coordinator: 'own' } as const satisfies Rights;
const ADMINISTRATOR = { administrator: 'all' } as const satisfies Rights;

/**
 * [RIGHTS-1] Who may ask for what: the one table, which hub, HTTP and interface look at. A request or a route that has no row
 * does not compile, and what is not written is refused.
 */
export const RIGHTS = {
  'meeting:join': EVERYBODY,
  'meeting:leave': SEATED,
  'meeting:catchUp': SEATED,

  'chat:post': SEATED,
  'chat:history': THEIRS,
  'notes:open': THEIRS,
  'notes:close': SEATED,
  'notes:write': THEIRS,
  'notes:read': THEIRS,
  'notes:harvest': THEIRS,
  'notes:watch': FACILITATOR,

  'line:tell': SEATED,
  'line:probe': SEATED,
  'help:offer': FACILITATOR,
  'hand:raise': SEATED,
  'hand:lower': FACILITATOR,
  'still:put': SEATED,
  'still:get': SEATED,

  'door:lock': FACILITATOR,
  'door:remove': FACILITATOR,
  'door:letBack': FACILITATOR,
  'door:setWaiting': FACILITATOR,
  'door:admit': FACILITATOR,
  'door:refuse': FACILITATOR,
  'door:wait': EVERYBODY,
  'door:stopWaiting': WAITING,

  'floor:close': FACILITATOR,
  'floor:closeAll': FACILITATOR,
  'floor:invite': FACILITATOR,

  'breakout:savePlan': FACILITATOR,
  'breakout:removePlan': FACILITATOR,
  'breakout:propose': FACILITATOR,
  'breakout:open': FACILITATOR,
  'breakout:dropNext': FACILITATOR,
  'breakout:move': THEIRS,
  'breakout:addTime': FACILITATOR,
  'breakout:close': FACILITATOR,
  'breakout:announce': FACILITATOR,
  'breakout:ask': SEATED,
  'breakout:takeAsk': FACILITATOR,
  'breakout:endAsk': THEIRS,
  'breakout:giveRole': FACILITATOR,
  'breakout:label': FACILITATOR,
  'breakout:nameSuccessor': FACILITATOR,
  'breakout:speakToAll': FACILITATOR,
  'breakout:stepIn': THEIRS,

  'media:open': SEATED,
  'media:produce': SEATED,
  'media:pauseProducer': SEATED,
  'media:closeProducer': SEATED,
  'media:consume': SEATED,
  'media:pauseConsumers': SEATED,
  'media:closeConsumers': SEATED,
  'media:preferLayer': SEATED,
  'media:restartIce': SEATED,

  'check:open': EVERYBODY,
  'check:loop': EVERYBODY,
  'check:close': EVERYBODY,

  'POST /api/meetings': EVERYBODY,
  'GET /api/meetings/:code': EVERYBODY,
  'POST /api/meetings/:code/leave': SEATED,
  'GET /api/meetings/:code/plans': FACILITATOR,
  'PUT /api/meetings/:code/plans': FACILITATOR,
  'DELETE /api/meetings/:code/plans/:planId': FACILITATOR,
  'GET /api/meetings/:code/entry': FACILITATOR,
  'PUT /api/meetings/:code/entry': FACILITATOR,
  'GET /api/meetings/:code/guest-links': FACILITATOR,
  'POST /api/meetings/:code/guest-links': FACILITATOR,
  'DELETE /api/meetings/:code/guest-links/:linkId': FACILITATOR,
  'PUT /api/meetings/:code/checks': HOLDER,
  'DELETE /api/meetings/:code/checks': HOLDER,
  'GET /api/meetings/:code/checks': FACILITATOR,
  'GET /api/check/download': EVERYBODY,
  'POST /api/check/upload': EVERYBODY,
  'GET /api/admin/overview': ADMINISTRATOR,
  'GET /api/admin/mails': ADMINISTRATOR,

  'GET /api/auth/door': EVERYBODY,
  'POST /api/auth/link': EVERYBODY,
  'POST /api/auth/link/use': HOLDER,
  'POST /api/auth/password': HOLDER,
  'POST /api/auth/reset': EVERYBODY,
  'POST /api/auth/reset/use': HOLDER,
  'POST /api/auth/first': HOLDER,
  'POST /api/auth/sign-out': HOLDER,
  'POST /api/auth/provider': EVERYBODY,
  'GET /api/auth/callback/oidc': HOLDER,
  'GET /api/people/me': SIGNED_IN,
  'PUT /api/people/me': SIGNED_IN,
  'DELETE /api/people/me/sessions': SIGNED_IN,
  'DELETE /api/people/me/sessions/:sessionId': SIGNED_IN,
  'PUT /api/people/me/photo': SIGNED_IN,
  'DELETE /api/people/me/photo': SIGNED_IN,
  'GET /api/people/me/photo/:version': SIGNED_IN,
  'GET /api/people/mails': ADMINISTRATOR,
  'GET /api/people/privacy': EVERYBODY,
  'GET /api/people/me/data': SIGNED_IN,
  'POST /api/people/me/erase': SIGNED_IN,
  'GET /api/people/me/register': SIGNED_IN,
  'GET /api/people/register': ADMINISTRATOR,
  'GET /api/people/register/attendance': ADMINISTRATOR,

  'GET /api/communities': KNOWN,
  'POST /api/communities': ADMINISTRATOR,
  'POST /api/communities/invitation/look': HOLDER,
  'POST /api/communities/invitation/accept': SIGNED_IN,
  'GET /api/communities/:slug': KNOWN,
  'PUT /api/communities/:slug': COORDINATOR,
  // Only where there is none.
  'PUT /api/communities/:slug/coordinator': { administrator: 'own' },
  'POST /api/communities/:slug/join': SIGNED_IN,
  'PUT /api/communities/:slug/request': SIGNED_IN,
  'DELETE /api/communities/:slug/request': SIGNED_IN,
  'POST /api/communities/:slug/leave': OF_COMMUNITY,
  'GET /api/communities/:slug/members': OF_COMMUNITY,
  'PUT /api/communities/:slug/members/:personId': COORDINATOR,
  'DELETE /api/communities/:slug/members/:personId': COORDINATOR,
  'GET /api/communities/:slug/members/:personId/photo/:version': OF_COMMUNITY,
  'GET /api/communities/:slug/register': COORDINATOR,
  'GET /api/communities/:slug/requests': COORDINATOR,
  'POST /api/communities/:slug/requests/:personId': COORDINATOR,
  'GET /api/communities/:slug/invitations': COORDINATOR,
  'POST /api/communities/:slug/invitations': COORDINATOR,
  'DELETE /api/communities/:slug/invitations/:invitationId': COORDINATOR,
  'GET /api/calendar': SIGNED_IN,
  'POST /api/calendar': SIGNED_IN,
  'GET /api/calendar/me': SIGNED_IN,
  'PUT /api/calendar/me': SIGNED_IN,
  'POST /api/calendar/me/feed': SIGNED_IN,
  'GET /api/calendar/communities/:slug/feed': SIGNED_IN,
  'GET /api/calendar/feeds/:feed': HOLDER,
  'POST /api/calendar/registrations/cancel': HOLDER,
  'GET /api/calendar/meetings/:code': EVERYBODY,
  'GET /api/calendar/meetings/:code/file': EVERYBODY,
  'PUT /api/calendar/meetings/:code': SIGNED_IN,
  'POST /api/calendar/meetings/:code/cancel': SIGNED_IN,
  'GET /api/calendar/meetings/:code/registrations': SIGNED_IN,
  // By what they are to the meeting [CAL-8].
  'GET /api/calendar/meetings/:code/record': SIGNED_IN,
  'GET /api/calendar/meetings/:code/record/messages': SIGNED_IN,
  'GET /api/calendar/meetings/:code/record/file': SIGNED_IN,
  'POST /api/calendar/meetings/:code/registrations': EVERYBODY,
  'DELETE /api/calendar/meetings/:code/registrations/me': SIGNED_IN,
  'POST /api/communities/:slug/import/preview': COORDINATOR,
  'POST /api/communities/:slug/import': COORDINATOR,

  'GET /metrics': ADMINISTRATOR,
  'GET /healthz': EVERYBODY,
  'GET /readyz': EVERYBODY,
} as const satisfies Record<Action, Rights>;

const TABLE: Readonly<Record<Action, Readonly<Rights>>> = RIGHTS;

/** Requests that take no seat in a meeting. */
export type SeatlessRequest = {
  [N in RequestName]: (typeof RIGHTS)[N] extends { nobody: Scope } ? N : never;
}[RequestName];

/** Requests of who waits at the door, and of nobody else. */
export type WaitingRequest = {
  [N in RequestName]: (typeof RIGHTS)[N] extends { nobody: Scope }
    ? never
    : (typeof RIGHTS)[N] extends { waiting: Scope }
      ? N
      : never;
}[RequestName];

/** Whether it may be asked for at all: of what is `own` a rule beside the table decides further. */
export function may(role: Role, action: Action): boolean {
  return TABLE[action][role] !== undefined;
}

/** Whether it may be done to whomever and wherever, not to what is one's own alone. */
export function mayToAll(role: Role, action: Action): boolean {
  return TABLE[action][role] === 'all';
}

/** Whether it is who waits that asks for it. */
export function isOfWaiting(name: RequestName): name is WaitingRequest {
  return may('waiting', name) && !may('nobody', name);
}

/** Whether it takes no seat in a meeting. */
export function isSeatless(name: RequestName): name is SeatlessRequest {
  return may('nobody', name);
}
