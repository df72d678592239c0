import { communityView } from '@relais/protocol/communities';
import { askComing } from '#lib/server/calendar.ts';
import { forSignedIn } from '#lib/server/communities.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { slug } = event.params;
  const [community, coming] = await Promise.all([
    forSignedIn(event, `/communities/${encodeURIComponent(slug)}`, (value) => communityView.parse(value)),
    askComing(event, slug),
  ]);
  // What comes is for members [CAL-3].
  return { community, coming: coming.kind === 'told' ? coming.value : null };
};
