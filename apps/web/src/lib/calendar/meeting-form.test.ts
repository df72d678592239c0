import { describe, expect, it } from 'vitest';
import { announcementOf, emptyForm, wrongIn, type Written } from './meeting-form.ts';

const written = (more: Partial<Written> = {}): Written => ({
  ...emptyForm(),
  ...{ title: 'Cercle', date: '2026-03-04', time: '19:00' },
  ...more,
});

describe('[CAL-2] a recurrence as it is written', () => {
  it('ends after so many meetings, or with a day', () => {
    expect(announcementOf(written(), 'fr').recurrence).toBeNull();
    expect(announcementOf(written({ every: 'week', count: ' 4 ' }), 'fr').recurrence).toEqual({
      every: 'week',
      count: 4,
    });
    const until = written({ every: 'monthByDay', ends: 'until', until: '2026-06-30' });
    expect(announcementOf(until, 'fr').recurrence).toEqual({ every: 'monthByDay', until: '2026-06-30' });
  });

  it('names the field that is wrong, and only of the end that was chosen', () => {
    expect(wrongIn(written({ every: 'week', count: '1' }))).toBe('count');
    expect(wrongIn(written({ every: 'week', count: '1', ends: 'until' }))).toBe('until');
    expect(wrongIn(written({ every: 'week', ends: 'until', until: '2026-03-04' }))).toBe('until');
    expect(
      wrongIn(written({ every: 'week', count: 'x', ends: 'until', until: '2026-03-05' })),
    ).toBeUndefined();
    expect(wrongIn(written({ every: 'none', count: 'x' }))).toBeUndefined();
  });
});
