import { loadCalendarWords } from '#lib/i18n/calendar.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => ({
  ...data,
  calendarWords: data.coming ? await loadCalendarWords((await parent()).lang) : null,
});
