import { communitiesView } from '@relais/protocol/communities';
import { forSignedIn } from '#lib/server/communities.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  told: await forSignedIn(event, '/communities', (value) => communitiesView.parse(value)),
});
