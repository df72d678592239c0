import { communityView } from '@relais/protocol/communities';
import { forSignedIn } from '#lib/server/communities.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  community: await forSignedIn(event, `/communities/${encodeURIComponent(event.params.slug)}`, (value) =>
    communityView.parse(value),
  ),
});
