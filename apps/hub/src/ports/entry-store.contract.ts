import type { MeetingId, ParticipantId } from '@relais/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EntryStore, StoredLink } from './entry-store.ts';

const ONE = 'm1' as MeetingId;
const OTHER = 'm2' as MeetingId;
const ANA = 'ana' as ParticipantId;
const BEA = 'bea' as ParticipantId;

const link = (linkId: string, change: Partial<StoredLink> = {}): StoredLink => ({
  linkId,
  label: 'Citoyennes',
  seats: 2,
  createdAt: 1000,
  expiresAt: 9000,
  ...change,
});

/** What every store of entries must do. `open` gives an empty one, in which the meetings m1 and m2 may have some. */
export function entryStoreContract(name: string, open: () => Promise<EntryStore>): void {
  describe(`${name} as a store of who may enter`, () => {
    let store: EntryStore;
    beforeEach(async () => {
      store = await open();
    });
    const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
      if (!result.ok) throw new Error(JSON.stringify(result.error));
      return result.value;
    };

    it('[ENTRY-1] has every meeting open to anyone, until something else is said of it', async () => {
      expect(value(await store.find(ONE))).toEqual({ rule: 'anyone', communityId: undefined });
      await store.save(ONE, { rule: 'invited', communityId: undefined });
      await store.save(ONE, { rule: 'community', communityId: undefined });
      expect(value(await store.find(ONE)).rule).toBe('community');
      expect(value(await store.find(OTHER)).rule).toBe('anyone');
    });

    it('[ENTRY-2] keeps who is invited to which meeting, each once', async () => {
      await store.setInvited(ONE, ['b@exemple.org', 'a@exemple.org']);
      await store.invite(ONE, ['c@exemple.org', 'a@exemple.org']);
      await store.invite(ONE, []);
      expect(value(await store.invited(ONE))).toEqual(['a@exemple.org', 'b@exemple.org', 'c@exemple.org']);
      expect(value(await store.isInvited(ONE, 'c@exemple.org'))).toBe(true);
      expect(value(await store.isInvited(OTHER, 'c@exemple.org'))).toBe(false);
      await store.setInvited(ONE, []);
      expect(value(await store.invited(ONE))).toEqual([]);
    });

    it('[GUEST-1] lists links of a meeting, the newest first, and takes no more than there may be', async () => {
      expect(value(await store.addLink(ONE, link('l1'), 2))).toBe(true);
      expect(value(await store.addLink(ONE, link('l2', { createdAt: 2000, label: '' }), 2))).toBe(true);
      expect(value(await store.addLink(ONE, link('l3'), 2))).toBe(false);
      expect(value(await store.addLink(OTHER, link('l4'), 2))).toBe(true);
      expect(value(await store.links(ONE))).toEqual([
        { ...link('l2', { createdAt: 2000, label: '' }), taken: 0, revokedAt: undefined },
        { ...link('l1'), taken: 0, revokedAt: undefined },
      ]);
    });

    it('[GUEST-1] counts those alone that are good against what there may be; of the others the newest stay', async () => {
      const add = (id: string, createdAt: number, expiresAt: number) =>
        store.addLink(ONE, link(id, { createdAt, expiresAt }), 2);
      await add('short', 1000, 1500);
      await add('revoked', 1001, 9000);
      await store.revoke(ONE, 'revoked', 1100);
      await add('brief', 1200, 1600);
      expect(value(await add('good', 2000, 9000))).toBe(true);
      expect(value(await add('better', 2001, 9000))).toBe(true);
      expect(value(await add('toomany', 2002, 9000))).toBe(false);
      expect(value(await store.links(ONE)).map(({ linkId }) => linkId)).toEqual([
        'better',
        'good',
        'brief',
        'revoked',
      ]);
      expect(value(await store.links(OTHER))).toEqual([]);
    });

    it('[GUEST-2] counts seats, not clicks: who comes back takes no other one, also once it has expired', async () => {
      await store.addLink(ONE, link('l1', { seats: 1 }), 9);
      const come = async (who: ParticipantId, at: number) => value(await store.come(ONE, 'l1', who, at));
      expect([await come(ANA, 2000), await come(ANA, 2001)]).toEqual(['taken', 'back']);
      expect(await come(BEA, 2002)).toBe('usedUp');
      expect([await come(ANA, 9000), await come(BEA, 9000)]).toEqual(['back', 'expired']);
      expect(value(await store.links(ONE))[0]?.taken).toBe(1);
      await store.giveBack('l1', ANA);
      expect(await come(BEA, 3000)).toBe('taken');
    });

    it('[GUEST-2] gives away no more seats than there are, however many ask at once', async () => {
      await store.addLink(ONE, link('l1', { seats: 3 }), 9);
      const asked = Array.from({ length: 12 }, (_, i) =>
        store.come(ONE, 'l1', `p${i}` as ParticipantId, 2000),
      );
      const told = (await Promise.all(asked)).map(value);
      expect(told.filter((one) => one === 'taken')).toHaveLength(3);
      expect(told.filter((one) => one === 'usedUp')).toHaveLength(9);
    });

    it('[GUEST-3] lets nobody come by a link that is revoked, of another meeting, or none', async () => {
      await store.addLink(ONE, link('l1'), 9);
      expect(value(await store.come(OTHER, 'l1', ANA, 2000))).toBe('unknown');
      expect(value(await store.come(ONE, 'no', ANA, 2000))).toBe('unknown');
      expect(value(await store.revoke(OTHER, 'l1', 2500))).toBe(false);
      await store.come(ONE, 'l1', ANA, 2000);
      expect(value(await store.revoke(ONE, 'l1', 3000))).toBe(true);
      expect(value(await store.revoke(ONE, 'l1', 4000))).toBe(true);
      expect(value(await store.come(ONE, 'l1', ANA, 3000))).toBe('revoked');
      expect(value(await store.links(ONE))[0]).toMatchObject({ revokedAt: 3000, taken: 1 });
    });
  });
}
