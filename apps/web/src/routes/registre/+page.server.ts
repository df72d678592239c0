import { attendancePage, attendanceQuery, registerPage, registerQuery } from '@relais/protocol/privacy';
import { forSignedIn } from '#lib/server/communities.ts';
import { askMe } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

type View = 'own' | 'site' | 'attendance';

/** [PRIV-6] [PRIV-9] [PRIV-10] What the hub does not tell who asks is no page. What the address says wrongly is left out. */
export const load: PageServerLoad = async (event) => {
  const asked = event.url.searchParams;
  const slug = asked.get('communaute');
  const view: View | 'community' = slug === null ? viewOf(asked.get('vue')) : 'community';
  const before = asked.get('avant') ?? undefined;
  event.setHeaders({ 'cache-control': 'no-store' });
  const shared = { view, slug, isFirst: before === undefined };
  if (view === 'attendance') {
    const query = attendanceQuery.safeParse({ before });
    const path = `/people/register/attendance${search(query.data)}`;
    const page = await forSignedIn(event, path, (value) => attendancePage.parse(value));
    return { ...shared, isAdministrator: true, kind: undefined, attendance: page, page: null };
  }
  const query = registerQuery.safeParse({ before, kind: asked.get('acte') || undefined });
  const PATHS = {
    own: '/people/me/register',
    site: '/people/register',
    community: `/communities/${encodeURIComponent(slug ?? '')}/register`,
  };
  const [who, page] = await Promise.all([
    askMe(event),
    forSignedIn(event, `${PATHS[view]}${search(query.data)}`, (value) => registerPage.parse(value)),
  ]);
  const isAdministrator = who.kind === 'in' && who.me.isAdministrator;
  return { ...shared, isAdministrator, kind: query.data?.kind, page, attendance: null };
};

function viewOf(asked: string | null): View {
  if (asked === 'site') return 'site';
  return asked === 'presences' ? 'attendance' : 'own';
}

function search(query: { before?: string | undefined; kind?: string | undefined } = {}): string {
  const params = new URLSearchParams();
  if (query.before) params.set('before', query.before);
  if (query.kind) params.set('kind', query.kind);
  return params.size > 0 ? `?${params}` : '';
}
