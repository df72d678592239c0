import { communityView } from '@relais/protocol/communities';
import { error } from '@sveltejs/kit';
import { forSignedIn } from '#lib/server/communities.ts';
import type { PageServerLoad } from './$types';

/** [COMM-10] For who coordinates; to anybody else there is no such page. */
export const load: PageServerLoad = async (event) => {
  const path = `/communities/${encodeURIComponent(event.params.slug)}`;
  const community = await forSignedIn(event, path, (value) => communityView.parse(value));
  if (community.mine.role !== 'coordinator') error(404, 'Not found');
  return { community };
};
