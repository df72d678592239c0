import type { ParticipantId } from '@relais/protocol';
import { describe, expect, it } from 'vitest';
import type { ChatLine } from '#lib/meeting/view-model.ts';
import { groupLines } from './group-lines.ts';

const noon = new Date(2026, 2, 12, 12).getTime();
const minute = 60_000;

function line(who: string, at: number): ChatLine {
  const participantId = who as ParticipantId;
  return { key: `${who}/${at}`, participantId, name: who, text: 'x', at, state: 'posted', own: false };
}

const shape = (lines: ChatLine[]) => groupLines(lines).map((d) => d.groups.map((g) => g.lines.length));

describe('groupLines', () => {
  it('writes a name once for messages in a row', () => {
    expect(shape([line('a', noon), line('a', noon + minute), line('b', noon + 2 * minute)])).toEqual([
      [2, 1],
    ]);
  });

  it('writes it again after five minutes', () => {
    expect(shape([line('a', noon), line('a', noon + 5 * minute)])).toEqual([[1, 1]]);
  });

  it('begins anew with a day', () => {
    const midnight = new Date(2026, 2, 13).getTime();
    expect(shape([line('a', midnight - minute), line('a', midnight)])).toEqual([[1], [1]]);
  });

  it('has no day without messages', () => {
    expect(groupLines([])).toEqual([]);
  });
});
