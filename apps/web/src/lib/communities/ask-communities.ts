import type {
  CommunitiesView,
  CommunityRefusal,
  CommunityRole,
  CommunitySettings,
  CommunityView,
  DirectoryView,
  Imported,
  ImportPreview,
  InvitationLook,
  InvitationView,
  InvitedView,
  MakeCommunity,
  RequestView,
} from '@relais/protocol/communities';
import { asRecord } from '#lib/meeting/as-record.ts';
import { answerOf, PEOPLE_KINDS, type Method } from '#lib/people/ask-people.ts';

export type Asked<T = unknown> = { ok: true; value: T } | { ok: false; refusal: CommunityRefusal };

const KINDS: Readonly<Record<CommunityRefusal['kind'], true>> = {
  ...PEOPLE_KINDS,
  lastCoordinator: true,
  slugTaken: true,
  full: true,
  nameMissing: true,
  otherAddress: true,
  notUtf8: true,
  noColumns: true,
  tooManyLines: true,
};

/** What the hub answered. What it says of a community has been checked there; zod would weigh more than these pages. */
async function ask<T>(method: Method, path: string, body?: unknown): Promise<Asked<T>> {
  const { ok, value, refusal } = asRecord(await answerOf(method, `/communities${path}`, body));
  return ok === true
    ? { ok: true, value: value as T }
    : { ok: false, refusal: readRefusal(asRecord(refusal)) };
}

function readRefusal({ kind, retryAfterMs }: Record<string, unknown>): CommunityRefusal {
  if (kind === 'tooMany')
    return { kind, retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : 60_000 };
  if (kind === 'invalidInput') return { kind, issues: [] };
  const known = Object.keys(KINDS).find((one) => one === kind);
  return known ? ({ kind: known } as CommunityRefusal) : { kind: 'unavailable' };
}

type Lang = 'fr' | 'en';
const at = (slug: string, ...more: string[]) =>
  ['', slug, ...more].map((part) => encodeURIComponent(part)).join('/');

export const readCommunities = () => ask<CommunitiesView>('GET', '');
export const readCommunity = (slug: string) => ask<CommunityView>('GET', at(slug));
export const makeCommunity = (made: MakeCommunity) => ask<{ slug: string }>('POST', '', made);
export const saveCommunity = (slug: string, settings: CommunitySettings) => ask('PUT', at(slug), settings);
export const nameCoordinator = (slug: string, email: string, lang: Lang) =>
  ask('PUT', at(slug, 'coordinator'), { email, lang });

export const join = (slug: string, lang: Lang) => ask('POST', at(slug, 'join'), { lang });
export const leave = (slug: string) => ask('POST', at(slug, 'leave'), {});
export const request = (slug: string, word: string, lang: Lang) =>
  ask('PUT', at(slug, 'request'), { word, lang });
export const withdraw = (slug: string) => ask('DELETE', at(slug, 'request'));

/** What a directory is searched for, as it stands in the address of its page. */
export interface Search {
  q: string;
  territory: string;
  expertise: string;
}
export function searchText(search: Search, after?: string): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...search, after: after ?? '' }))
    if (value) query.set(name, value);
  return query.size > 0 ? `?${query.toString()}` : '';
}
export const readMembers = (slug: string, search: Search, after?: string) =>
  ask<DirectoryView>('GET', at(slug, 'members') + searchText(search, after));
export const giveRole = (slug: string, personId: string, role: CommunityRole) =>
  ask('PUT', at(slug, 'members', personId), { role });
export const removeMember = (slug: string, personId: string) => ask('DELETE', at(slug, 'members', personId));
export const photoUrl = (slug: string, personId: string, version: string) =>
  `/api/communities${at(slug, 'members', personId, 'photo', version)}`;

export const readRequests = (slug: string) => ask<RequestView[]>('GET', at(slug, 'requests'));
export const decide = (slug: string, personId: string, answer: { accept: boolean; word: string }) =>
  ask('POST', at(slug, 'requests', personId), answer);
export const readInvitations = (slug: string) => ask<InvitationView[]>('GET', at(slug, 'invitations'));
export const invite = (slug: string, order: { emails: string[]; role: CommunityRole; lang: Lang }) =>
  ask<InvitedView>('POST', at(slug, 'invitations'), { kind: 'email', ...order });
export const makeLink = (slug: string, days: number, lang: Lang) =>
  ask<{ url: string }>('POST', at(slug, 'invitations'), { kind: 'link', days, lang });
export const revoke = (slug: string, invitationId: string) =>
  ask('DELETE', at(slug, 'invitations', invitationId));

export const previewImport = (slug: string, file: Blob) =>
  ask<ImportPreview>('POST', at(slug, 'import', 'preview'), file);
export const importMembers = (slug: string, file: Blob, lang: Lang) =>
  ask<Imported>('POST', `${at(slug, 'import')}?lang=${lang}`, file);

export const lookAtInvitation = (token: string) => ask<InvitationLook>('POST', '/invitation/look', { token });
export const acceptInvitation = (token: string, lang: Lang) =>
  ask<{ slug: string }>('POST', '/invitation/accept', { token, lang });
