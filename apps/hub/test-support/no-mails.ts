import type { Mails } from '../src/features/mails/mails.ts';

/** An outbox in which there is nothing. */
export const noMails: Pick<Mails, 'list' | 'isSending'> = {
  isSending: false,
  list: async () => ({ ok: true, value: [] }),
};
