import { communityView, directoryView } from '@relais/protocol/communities';
import { searchText, type Search } from '#lib/communities/ask-communities.ts';
import { forSignedIn } from '#lib/server/communities.ts';
import type { PageServerLoad } from './$types';

/** [COMM-2] To who is not a member there is no such page. */
export const load: PageServerLoad = async (event) => {
  const base = `/communities/${encodeURIComponent(event.params.slug)}`;
  const wanted = (name: string) => (event.url.searchParams.get(name) ?? '').slice(0, 100);
  const asked: Search = { q: wanted('q'), territory: wanted('territory'), expertise: wanted('expertise') };
  const community = await forSignedIn(event, base, (value) => communityView.parse(value));
  const directory = await forSignedIn(event, `${base}/members${searchText(asked)}`, (value) =>
    directoryView.parse(value),
  );
  return { community, directory, asked };
};
