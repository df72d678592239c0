import { describe, expect, it } from 'vitest';
import { isOver, mayReadAnnounced, mayReadRecord, STRANGER, type Reader } from './readers.ts';

const WHO: Record<string, Partial<Reader>> = {
  stranger: {},
  waits: { waits: true },
  registered: { isRegistered: true },
  invited: { isInvited: true },
  member: { isMember: true },
  wasThere: { wasThere: true },
  removed: { wasThere: true, wasRemoved: true, isRegistered: true, isMember: true },
  runs: { runs: true },
};
const RULES = ['anyone', 'community', 'invited'] as const;
const whoMay = (may: (reader: Reader) => boolean) =>
  Object.entries(WHO).flatMap(([name, is]) => (may({ ...STRANGER, ...is }) ? [name] : []));

describe('who reads of a meeting', () => {
  it('[CAL-9] before it: everybody, or those for whom it is', () => {
    const everybody = Object.keys(WHO);
    const table = RULES.flatMap((rule) =>
      [true, false].map((registration) => [
        `${rule}${registration ? ', one registers' : ''}`,
        whoMay((reader) => mayReadAnnounced({ rule, registration }, reader)),
      ]),
    );
    expect(Object.fromEntries(table)).toEqual({
      'anyone, one registers': everybody,
      anyone: everybody,
      'community, one registers': ['member', 'wasThere', 'removed', 'runs'],
      community: ['member', 'wasThere', 'removed', 'runs'],
      'invited, one registers': everybody,
      invited: ['waits', 'registered', 'invited', 'wasThere', 'removed', 'runs'],
    });
  });

  it('[CAL-8] after it: who was there, had a place, or is of those for whom it was, and no stranger', () => {
    const table = RULES.map((rule) => [rule, whoMay((reader) => mayReadRecord(rule, reader))]);
    expect(Object.fromEntries(table)).toEqual({
      anyone: ['registered', 'invited', 'member', 'wasThere', 'runs'],
      community: ['member', 'wasThere', 'runs'],
      invited: ['registered', 'invited', 'wasThere', 'runs'],
    });
  });

  it('[CAL-8] not before its end, nor for three hours while somebody sits in it', () => {
    const end = 1_000_000_000;
    expect(isOver(end, end - 1, false)).toBe(false);
    expect(isOver(end, end, false)).toBe(true);
    expect(isOver(end, end + 1, true)).toBe(false);
    expect(isOver(end, end + 3 * 3_600_000, true)).toBe(true);
  });
});
