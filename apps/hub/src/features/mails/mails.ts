import { fail } from '@relais/kit';
import type { Logger } from 'pino';
import type { MailCarrier } from '../../ports/mail-carrier.ts';
import type { Mailer } from '../../ports/mailer.ts';
import type { Outbox, StoredLetter } from '../../ports/outbox.ts';
import { letterOf, usefulUntil } from './letter-of.ts';

export interface MailsDeps {
  outbox: Outbox;
  /** Undefined: nothing is sent, and what was ordered is read in the product. */
  carrier: MailCarrier | undefined;
  logger: Logger;
  /** Milliseconds since 1970. */
  now: () => number;
  /** How often is looked for what is due, in milliseconds. */
  everyMs?: number;
  /** And for what is of no use any more. */
  tidyEveryMs?: number;
}

export interface Mails {
  mailer: Mailer;
  /** Whether anything is sent at all. */
  isSending: boolean;
  list: Outbox['list'];
  /** What is under way is finished. */
  close(): Promise<void>;
}

const EVERY_MS = 10_000;
/** Longer than one letter takes (`MailCarrier`): who has not told by then is dead. */
const LEASE_MS = 15 * 60_000;
/** Side by side: a server that takes its time over one letter holds up no other. */
const LANES = 4;
/** Pauses: a minute, two, four … and never more than six hours; given up after two days of them. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;
const GIVEN_UP_MS = 2 * 86_400_000;
export const MAILS_KEPT_DAYS = 30;
const KEPT_MS = MAILS_KEPT_DAYS * 86_400_000;
/** What is under way is waited for so long when the process stops. */
const CLOSE_MS = 10_000;
const TIDY_EVERY_MS = 60_000;

/** [MAIL-1] The outbox, and what empties it. */
export function createMails(deps: MailsDeps): Mails {
  const { outbox, carrier, logger, now, everyMs = EVERY_MS, tidyEveryMs = TIDY_EVERY_MS } = deps;
  let isClosed = false;
  const lanes = new Set<Promise<void>>();

  /** One lane more, up to the most; each goes on until nothing is due. */
  function sendDue(): void {
    if (!carrier || isClosed || lanes.size >= LANES) return;
    const lane = sendAll(carrier)
      .catch((error: unknown) => logger.error({ err: error }, 'sending emails failed'))
      .finally(() => lanes.delete(lane));
    lanes.add(lane);
  }

  async function sendAll(by: MailCarrier): Promise<void> {
    while (!isClosed) {
      const due = await outbox.claim({ at: now(), leaseUntil: now() + LEASE_MS, most: 1 });
      const letter = due.ok ? due.value[0] : undefined;
      if (!letter) return;
      await carry(by, letter);
    }
  }

  async function carry(by: MailCarrier, letter: StoredLetter): Promise<void> {
    const { key, kind, tries, createdAt } = letter;
    const carried = await by.carry(letter);
    const at = now();
    if (carried.ok) {
      // Until this is written it may be sent again after the lease, under the same Message-ID [MAIL-3].
      await told(() => outbox.sent(key, at));
      logger.info({ kind, tries }, 'email sent');
      return;
    }
    const { kind: failure, reason } = carried.error;
    logger.warn({ kind, tries, failure, reason }, 'email not sent');
    const isOver = failure === 'never' || at - createdAt >= GIVEN_UP_MS;
    if (isOver) await told(() => outbox.failed(key, { tries, at, error: reason }));
    else await told(() => outbox.again(key, { tries, dueAt: at + pauseAfter(tries), error: reason }));
  }

  /** What became of a letter is not lost with one query: asked a few times, while the lease lasts. */
  async function told(tell: () => ReturnType<Outbox['sent']>): Promise<void> {
    for (let pause = 100; pause < 10_000; pause *= 2) {
      if ((await tell()).ok) return;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    logger.error('what became of an email could not be stored');
  }

  const timer = setInterval(sendDue, everyMs);
  /** Also where nothing is sent: links that have run out are secrets of which nobody has any use. */
  async function tidy(): Promise<void> {
    await outbox.expire(now());
    await outbox.forget(now() - KEPT_MS);
  }
  const tidying = setInterval(
    () => void tidy().catch((error: unknown) => logger.error({ err: error }, 'tidying the outbox failed')),
    tidyEveryMs,
  );
  for (const each of [timer, tidying]) each.unref();
  sendDue();

  return {
    isSending: carrier !== undefined,
    mailer: {
      async send(mail) {
        const at = now();
        const put = await outbox.put(letterOf(mail), { at, usefulUntil: usefulUntil(mail, at) });
        if (!put.ok) return fail('storeUnavailable');
        sendDue();
        return put;
      },
    },
    list: (page) => outbox.list(page),
    async close() {
      isClosed = true;
      clearInterval(timer);
      clearInterval(tidying);
      // Not longer than a stop may take: what is cut is another hub's after its lease, or this one's.
      await Promise.race([
        Promise.all(lanes),
        new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref()),
      ]);
      carrier?.close();
    },
  };
}

function pauseAfter(tries: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, tries - 1));
}
