import { loadCalendarWords } from '#lib/i18n/calendar.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => ({
  ...data,
  calendarWords: await loadCalendarWords((await parent()).lang),
});
