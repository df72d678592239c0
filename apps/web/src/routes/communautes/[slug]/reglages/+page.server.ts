import { communityView, invitationView, requestView } from '@relais/protocol/communities';
import { forSignedIn } from '#lib/server/communities.ts';
import type { PageServerLoad } from './$types';

/** For who coordinates; to anybody else there is no such page. */
export const load: PageServerLoad = async (event) => {
  const base = `/communities/${encodeURIComponent(event.params.slug)}`;
  const community = await forSignedIn(event, base, (value) => communityView.parse(value));
  const [requests, invitations] = await Promise.all([
    forSignedIn(event, `${base}/requests`, (value) => requestView.array().parse(value)),
    forSignedIn(event, `${base}/invitations`, (value) => invitationView.array().parse(value)),
  ]);
  return { community, requests, invitations };
};
