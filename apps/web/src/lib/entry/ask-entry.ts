import type { CallFailure } from '#lib/hub/call-failure.ts';
import { asRecord } from '#lib/meeting/as-record.ts';
import { fail, ok, type Result } from '@relais/kit';
import type { Refusal } from '@relais/protocol';
import type { Entry, EntryBody, GuestLink, GuestLinkBody } from '@relais/protocol/entry';

type Done<T> = Promise<Result<T, CallFailure>>;

/** Who may enter a meeting, for who runs it. */
export interface EntryKeeper {
  read(): Done<{ entry: Entry; links: readonly GuestLink[] }>;
  save(entry: EntryBody): Done<unknown>;
  make(link: GuestLinkBody): Done<unknown>;
  revoke(linkId: string): Done<unknown>;
}

/** Milliseconds: a satellite link takes 600 for one way, and a busy hub a few seconds. */
const TIMEOUT = 15_000;

/** [ENTRY-1] By the animator's key, which goes in a header and never in an address. Never rejects. */
export function entryByKey(code: string, key: string): EntryKeeper {
  async function ask(method: string, path: string, body?: object): Done<unknown> {
    try {
      const response = await fetch(`/api/meetings/${code}/${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT),
      });
      const answer = asRecord(await response.json());
      return answer['ok'] === true ? ok(answer['value']) : fail(answer['refusal'] as Refusal);
    } catch {
      return fail({ kind: 'noAnswer' });
    }
  }
  return {
    async read() {
      const [entry, links] = await Promise.all([ask('GET', 'entry'), ask('GET', 'guest-links')]);
      if (!entry.ok) return entry;
      if (!links.ok) return links;
      // The hub's word is taken, as on the socket: its schemas stay on the server.
      const listed = asRecord(links.value)['links'];
      return ok({
        entry: entry.value as Entry,
        links: Array.isArray(listed) ? (listed as GuestLink[]) : [],
      });
    },
    save: (entry) => ask('PUT', 'entry', entry),
    make: (link) => ask('POST', 'guest-links', link),
    revoke: (linkId) => ask('DELETE', `guest-links/${encodeURIComponent(linkId)}`),
  };
}
