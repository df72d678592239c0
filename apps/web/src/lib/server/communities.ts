import { error, redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { askSignedIn, type Asking } from './people.ts';

/**
 * What the hub tells of communities to who is signed in; anybody else signs in first and comes back. What is not there, or not theirs
 * to see, is no page [COMM-2].
 */
export async function forSignedIn<T>(
  event: Asking & { url: URL },
  path: string,
  parse: (value: unknown) => T,
): Promise<T> {
  const told = await askSignedIn(event, path, parse);
  switch (told.kind) {
    case 'in':
      return told.value;
    case 'nobody': {
      const { pathname, search } = event.url;
      return redirect(303, `${resolve('/connexion')}?vers=${encodeURIComponent(pathname + search)}`);
    }
    case 'notAllowed':
      return error(404, 'Not found');
    case 'hubAway':
      return error(503, 'The hub does not answer', { kind: 'hubAway' });
  }
}
