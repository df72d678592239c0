import { COMMUNITY_SLUG_MAX } from '@relais/protocol/community-limits';

/** A community's name as the address of its page is written: proposed, and corrected by hand. */
export function slugOf(name: string): string {
  return name
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, COMMUNITY_SLUG_MAX)
    .replace(/^-+|-+$/g, '');
}

export const isSlug = (text: string) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
