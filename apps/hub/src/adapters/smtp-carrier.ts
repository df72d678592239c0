import { createHash } from 'node:crypto';
import { fail, ok, withTimeout } from '@relais/kit';
import { createTransport } from 'nodemailer';
import type { CarryFailure, MailCarrier } from '../ports/mail-carrier.ts';

export interface SmtpSettings {
  /** `smtp://` (TLS as soon as the server offers it) or `smtps://`, with user and password where there are some. */
  url: string;
  /** The sender, as in a header: `Relais <relais@example.org>`. */
  from: string;
  /** Milliseconds for the whole of one letter, and without a word from the server. */
  letterMs?: number;
  silenceMs?: number;
}

/**
 * A server that has the whole letter may take ten minutes to say so (RFC 5321, 4.5.3.2.6): who does not wait sends it again. Before that
 * it is quick, or it is not there.
 */
const SILENCE_MS = 10 * 60_000;
const LETTER_MS = 11 * 60_000;
const CONNECT_MS = 20_000;

/** Sends by SMTP, a connection for each letter: there are few, and one that hangs holds up no other. */
export function createSmtpCarrier(settings: SmtpSettings): MailCarrier {
  const { url, from, letterMs = LETTER_MS, silenceMs = SILENCE_MS } = settings;
  const transport = createTransport(
    {
      url,
      connectionTimeout: Math.min(CONNECT_MS, silenceMs),
      greetingTimeout: Math.min(CONNECT_MS, silenceMs),
      socketTimeout: silenceMs,
      requireTLS: hasSecret(url),
      // A letter brings all that it is made of.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    async carry({ key, to, lang, subject, text, html, ics }) {
      const sending = transport.sendMail({
        // As one address: whatever else it may hold is no list of others.
        to: { name: '', address: to },
        subject,
        text,
        html,
        // The same for the same letter: whoever gets it twice can tell.
        messageId: `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}>`,
        headers: { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
        ...(ics !== undefined && {
          icalEvent: {
            filename: lang === 'fr' ? 'rencontre.ics' : 'meeting.ics',
            method: 'PUBLISH',
            content: ics,
          },
        }),
      });
      try {
        await withTimeout(sending, letterMs, 'sending an email');
        return ok(undefined);
      } catch (error) {
        return fail(failureOf(error));
      }
    },
    close: () => transport.close(),
  };
}

/** A password goes over no line where others could read it; on this machine there is none. */
function hasSecret(url: string): boolean {
  const { password, hostname } = new URL(url);
  return password !== '' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/**
 * What the server says to one letter for good (5xx, RFC 5321, 4.2.1) is final; what it says to us (who we are, whether we may send at
 * all) may be put right in our settings, and everything else passes.
 */
function failureOf(error: unknown): CarryFailure {
  const reason = error instanceof Error ? error.message.slice(0, 300) : 'unknown';
  const code = error instanceof Error && 'responseCode' in error ? error.responseCode : undefined;
  const command = error instanceof Error && 'command' in error ? error.command : undefined;
  const isOfLetter = command === 'RCPT TO' || command === 'DATA' || command === 'MAIL FROM';
  const isFinal =
    typeof code === 'number' && code >= 500 && code < 600 && isOfLetter && command !== 'MAIL FROM';
  return { kind: isFinal ? 'never' : 'later', reason };
}
