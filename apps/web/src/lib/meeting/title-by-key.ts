import { asRecord } from './as-record.ts';

/** A meeting's page for who runs it, as the server knew it: without the key, which no address tells it. */
export interface KeptMeeting {
  code: string;
  title: string;
  /** It is kept for some, and the server could not know that whoever asks may read its title [ENTRY-5]. */
  isKept: boolean;
}

/** Milliseconds: a satellite link takes 600 for one way, and a busy hub a few seconds. */
const TIMEOUT = 15_000;

/** What the meeting is called, asked with the key where that is needed. Never rejects: what cannot be read stays as it stands. */
export async function titleByKey({ code, title, isKept }: KeptMeeting, key: string): Promise<string> {
  if (!isKept) return title;
  try {
    const response = await fetch(`/api/meetings/${code}`, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const told = asRecord(asRecord(await response.json())['value'])['title'];
    return typeof told === 'string' && told !== '' ? told : title;
  } catch {
    return title;
  }
}
