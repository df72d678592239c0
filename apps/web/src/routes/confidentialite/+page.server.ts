import { error } from '@sveltejs/kit';
import { privacyView } from '@relais/protocol/privacy';
import { asRecord } from '#lib/meeting/as-record.ts';
import { askAs, askMe } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

/** [PRIV-1] Periods are this server's own: without them the page would say what may not be so. */
export const load: PageServerLoad = async (event) => {
  const [who, answer] = await Promise.all([
    askMe(event),
    askAs(event, '/people/privacy')
      .then((response): Promise<unknown> => response.json())
      .catch(() => null),
  ]);
  const told = privacyView.safeParse(asRecord(answer)['value']);
  if (!told.success) error(503, 'The hub does not answer', { kind: 'hubAway' });
  const isSignedIn = who.kind === 'in';
  return { privacy: told.data, isSignedIn, isErased: event.url.searchParams.has('efface') };
};
