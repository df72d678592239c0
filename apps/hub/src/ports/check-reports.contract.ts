import type { MeetingId } from '@relais/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_CHECK_REPORTS, type CheckReports, type KeptCheckReport } from './check-reports.ts';

const ONE = 'm1' as MeetingId;
const OTHER = 'm2' as MeetingId;

const report = (owner: string, change: Partial<KeptCheckReport> = {}): KeptCheckReport => ({
  owner,
  name: 'Ana',
  verdict: 'ready',
  at: 1000,
  ...change,
});

/** What every store of check results must do. `open` gives an empty one, in which the meetings m1 and m2 may have some. */
export function checkReportsContract(name: string, open: () => Promise<CheckReports>): void {
  describe(`${name} as a store of check results`, () => {
    let reports: CheckReports;
    beforeEach(async () => {
      reports = await open();
    });

    const listed = async (meetingId = ONE, since = 0) => {
      const found = await reports.list(meetingId, since);
      if (!found.ok) throw new Error(found.error.kind);
      return found.value;
    };

    it('[CHECK-6] gives a meeting’s own, the newest first, with name, verdict and instant and nothing else', async () => {
      await reports.keep(ONE, report('a', { at: 1000 }));
      await reports.keep(ONE, report('b', { name: 'Béa – Éloïse', verdict: 'failed', at: 3000 }));
      await reports.keep(ONE, report('c', { verdict: 'lightMode', at: 2000 }));
      await reports.keep(OTHER, report('a', { name: 'Cléo' }));
      expect(await listed()).toEqual([
        { name: 'Béa – Éloïse', verdict: 'failed', at: 3000 },
        { name: 'Ana', verdict: 'lightMode', at: 2000 },
        { name: 'Ana', verdict: 'ready', at: 1000 },
      ]);
      expect(await listed(OTHER)).toEqual([{ name: 'Cléo', verdict: 'ready', at: 1000 }]);
    });

    it('[CHECK-7] keeps one for each owner in a meeting: a newer one takes the former’s place', async () => {
      await reports.keep(ONE, report('a', { verdict: 'failed' }));
      await reports.keep(ONE, report('a', { name: 'Ana Roy', at: 2000 }));
      expect(await listed()).toEqual([{ name: 'Ana Roy', verdict: 'ready', at: 2000 }]);
    });

    it('[CHECK-7] erases an owner’s in one meeting and nobody else’s; one that is not there is no error', async () => {
      await reports.keep(ONE, report('a'));
      await reports.keep(ONE, report('b', { name: 'Béa' }));
      await reports.keep(OTHER, report('a'));
      expect(await reports.erase(ONE, 'a')).toEqual({ ok: true, value: undefined });
      expect(await reports.erase(ONE, 'nobody')).toEqual({ ok: true, value: undefined });
      expect((await listed()).map((one) => one.name)).toEqual(['Béa']);
      expect(await listed(OTHER)).toHaveLength(1);
    });

    it('[CHECK-6] erases what is older than an instant, in every meeting, and does not list it before', async () => {
      await reports.keep(ONE, report('a', { at: 1000 }));
      await reports.keep(ONE, report('b', { at: 2000 }));
      await reports.keep(OTHER, report('a', { at: 1999 }));
      expect(await listed(ONE, 2000)).toHaveLength(1);
      await reports.eraseBefore(2000);
      expect(await listed()).toEqual([{ name: 'Ana', verdict: 'ready', at: 2000 }]);
      expect(await listed(OTHER)).toEqual([]);
    });

    it('holds as many as a meeting has seats; who has told one may still tell a newer one', async () => {
      for (let i = 0; i < MAX_CHECK_REPORTS; i++) await reports.keep(ONE, report(`owner-${i}`));
      expect(await reports.keep(ONE, report('late'))).toEqual({ ok: false, error: { kind: 'full' } });
      expect(await reports.keep(ONE, report('owner-7', { at: 5000 }))).toMatchObject({ ok: true });
      expect(await reports.keep(OTHER, report('late'))).toMatchObject({ ok: true });
      expect(await listed()).toHaveLength(MAX_CHECK_REPORTS);
    });
  });
}
