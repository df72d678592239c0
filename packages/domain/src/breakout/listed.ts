import type { ParticipantId } from '@relais/protocol';

/** Case, accents, and how the blanks lie make no difference between two names. */
export function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

interface Known {
  name: string;
  /** Of their account, where they have one. */
  email?: string | undefined;
}

/** Whom an entry of a room's list means: "Ana", "ana@exemple.org" or "Ana <ana@exemple.org>". */
function meantBy(entry: string): { name: string; email: string | undefined } {
  const [, name = '', address] = /^(.*?)<\s*([^<>\s]+@[^<>\s]+)\s*>$/.exec(entry.trim()) ?? [];
  if (address) return { name: folded(name) || folded(address), email: folded(address) };
  const whole = folded(entry);
  return { name: whole, email: /^\S+@\S+$/.test(whole) ? whole : undefined };
}

/** [BREAK-7] Who bears which entry: who has its email address, else those of its name. */
export function bearersOf(
  people: readonly (Known & { participantId: ParticipantId })[],
): (entry: string) => ParticipantId[] {
  const byName = new Map<string, ParticipantId[]>();
  const byEmail = new Map<string, ParticipantId[]>();
  const add = (map: typeof byName, key: string, id: ParticipantId) =>
    map.set(key, [...(map.get(key) ?? []), id]);
  for (const { participantId, name, email } of people) {
    add(byName, folded(name), participantId);
    if (email) add(byEmail, folded(email), participantId);
  }
  return (entry) => {
    const { name, email } = meantBy(entry);
    return (email && byEmail.get(email)) || byName.get(name) || [];
  };
}

/** The first of the lists that means somebody: one with their address before one with their name. */
export function listMeaning<T extends { people?: readonly string[] | undefined }>(
  lists: readonly T[],
  { name, email }: Known,
): T | undefined {
  const has = (list: T, is: (meant: ReturnType<typeof meantBy>) => boolean) =>
    list.people?.some((entry) => is(meantBy(entry)));
  const byEmail = email && lists.find((list) => has(list, (meant) => meant.email === folded(email)));
  return byEmail || lists.find((list) => has(list, (meant) => meant.name === folded(name)));
}
