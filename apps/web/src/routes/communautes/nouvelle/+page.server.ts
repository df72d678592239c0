import { communitiesView } from '@relais/protocol/communities';
import { error } from '@sveltejs/kit';
import { forSignedIn } from '#lib/server/communities.ts';
import type { PageServerLoad } from './$types';

/** [COMM-1] For who administers the site; to anybody else there is no such page. */
export const load: PageServerLoad = async (event) => {
  const { mayMake } = await forSignedIn(event, '/communities', (value) => communitiesView.parse(value));
  if (!mayMake) error(404, 'Not found');
};
