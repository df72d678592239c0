import type { Lang } from '#lib/i18n/lang.ts';

declare global {
  namespace App {
    interface Error {
      /** What the error page has words for; absent for what nobody foresaw. */
      kind?: 'meetingNotFound' | 'calendarMeeting' | 'hubAway' | undefined;
      /** Who signs in may find what was not found. */
      signIn?: boolean | undefined;
    }
    interface Locals {
      lang: Lang;
    }
  }
}

export {};
