import type { CommunityRefusal, InvitationView } from '@relais/protocol/communities';
import { FIRST, type PeopleRig, type WebBrowser } from './people-rig.ts';

export const LOISIR = {
  slug: 'loisir',
  name: 'Loisir en région',
  description: 'Qui anime le loisir, souvent seul dans son village.',
  joining: 'request',
  coordinator: 'coline@exemple.test',
  lang: 'fr',
} as const;

/** Somebody who is signed in and has a name. */
export async function named(rig: PeopleRig, email: string, name: string, more: object = {}) {
  const browser = rig.browser();
  await browser.post('/auth/link', { email, lang: 'fr' });
  await browser.post('/auth/link/use', { token: rig.lastToken(email) });
  await browser.ask('PUT', '/people/me', { name, ...more });
  return browser;
}

export interface Region {
  administrator: WebBrowser;
  coline: WebBrowser;
}

/** A community that who administers the site has made, with its first coordinator. */
export async function region(rig: PeopleRig): Promise<Region> {
  const administrator = rig.browser();
  await administrator.post('/auth/first', { ...FIRST, token: rig.people.firstToken });
  await administrator.post('/communities', LOISIR);
  const coline = await named(rig, LOISIR.coordinator, 'Coline Roy');
  await coline.post('/communities/loisir/join', { lang: 'fr' });
  return { administrator, coline };
}

/** Somebody who became a member by the invitation to their address. */
export async function member(rig: PeopleRig, { coline }: Region, name: string, more: object = {}) {
  const email = `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}@exemple.test`;
  await coline.post('/communities/loisir/invitations', invitationTo(email));
  const browser = await named(rig, email, name, more);
  await browser.post('/communities/loisir/join', { lang: 'fr' });
  return browser;
}

export const invitationTo = (...emails: string[]) => ({ kind: 'email', emails, role: 'member', lang: 'fr' });

export const idOf = async (browser: WebBrowser) =>
  ((await browser.ask('GET', '/people/me')).body.value as { personId: string }).personId;

export async function invitations(browser: WebBrowser): Promise<InvitationView[]> {
  return (await browser.ask('GET', '/communities/loisir/invitations')).body.value as InvitationView[];
}

/** What a refused request is told. */
export const refused = (kind: CommunityRefusal['kind']) => ({ body: { ok: false, refusal: { kind } } });
