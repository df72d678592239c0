import { describe, expect, it } from 'vitest';
import type { Mail, MailedMeeting } from '../../ports/mailer.ts';
import { letterOf, usefulUntil } from './letter-of.ts';

const NASTY = `<img src=x onerror="alert('1')">\r\nBcc: tous@exemple.test`;
const MEETING: MailedMeeting = {
  title: 'Table logement',
  startsAt: Date.UTC(2026, 11, 3, 18, 30),
  minutes: 90,
  timeZone: 'America/Toronto',
  url: 'https://relais.exemple.test/r/abc-defg-hjk?a=1&b=2',
  ics: 'BEGIN:VCALENDAR',
};
type Content<M> = M extends Mail ? Omit<M, 'key' | 'to' | 'lang'> : never;
const link = { url: 'https://relais.exemple.test/connexion/lien?jeton=abc', minutes: 15 };

const EVERY_KIND: Content<Mail>[] = [
  { kind: 'signInLink', ...link },
  { kind: 'passwordReset', ...link },
  { kind: 'emailChange', ...link },
  { kind: 'communityInvitation', community: 'Logement', invitedBy: 'Ana', url: link.url, days: 14 },
  { kind: 'communityInvitation', community: 'Logement', url: link.url, days: 14 },
  { kind: 'communityRequest', community: 'Logement', person: 'Ana', word: 'J’anime.', url: link.url },
  { kind: 'communityRequest', community: 'Logement', person: 'Ana', url: link.url },
  { kind: 'communityAccepted', community: 'Logement', word: 'Bienvenue.', url: link.url },
  { kind: 'communityDeclined', community: 'Logement', url: link.url },
  { kind: 'meetingInvitation', meeting: MEETING, invitedBy: 'Ana' },
  { kind: 'meetingInvitation', meeting: MEETING },
  { kind: 'meetingInvitation', meeting: MEETING, invitedBy: 'Ana', animates: true },
  { kind: 'meetingInvitation', meeting: MEETING, animates: true },
  { kind: 'registrationConfirmed', meeting: MEETING, cancelUrl: 'https://relais.exemple.test/a' },
  { kind: 'registrationConfirmed', meeting: MEETING, movedUp: true },
  {
    kind: 'registrationWaiting',
    meeting: { ...MEETING, more: 2 },
    cancelUrl: 'https://relais.exemple.test/a',
  },
  { kind: 'meetingReminder', meeting: MEETING },
  { kind: 'meetingChanged', meeting: MEETING, before: { title: 'Table', startsAt: 0 } },
  { kind: 'meetingCancelled', meeting: MEETING, word: 'La salle est inondée.' },
];
const mail = (content: Content<Mail>, lang: 'fr' | 'en' = 'fr') =>
  letterOf({ key: 'k', to: 'bea@exemple.test', lang, ...content });

describe('[MAIL-4] an email', () => {
  it.each(EVERY_KIND)('says in both languages what it is about: $kind', (content) => {
    const url = 'meeting' in content ? content.meeting.url : content.url;
    const [fr, en] = [mail(content), mail(content, 'en')];
    for (const { subject, text, html } of [fr, en]) {
      expect(subject.length).toBeGreaterThan(5);
      expect(text).toContain(url);
      expect(html).toContain(`href="${url.replaceAll('&', '&amp;')}"`);
      expect(`${subject}${text}${html}`).not.toMatch(/undefined|null|\[object|NaN/);
      // Nothing is fetched when it is opened.
      expect(html).not.toMatch(/\ssrc=|url\(|@import|<link/);
    }
    expect(fr.html).toContain('<html lang="fr-CA">');
    expect(en.html).toContain('<html lang="en-CA">');
    expect(fr.text.startsWith('Bonjour,')).toBe(true);
    expect(en.text.startsWith('Hello,')).toBe(true);
    expect(fr.subject).not.toBe(en.subject);
  });

  it('tells the time in its reader’s zone, with the zone', () => {
    expect(mail({ kind: 'meetingReminder', meeting: MEETING }).text).toMatch(
      /jeudi 3 décembre 2026.*13\sh\s30 \(heure de l’Est\), durée prévue\s: 1\sh\s30\./,
    );
    const paris = { ...MEETING, timeZone: 'Europe/Paris' };
    expect(mail({ kind: 'meetingReminder', meeting: paris }, 'en').text).toMatch(
      /Thursday, December 3, 2026.*7:30\sp\.m\. \(.*\), planned for 1 h 30 min\./,
    );
  });

  it('takes whatever people wrote for text, and makes no second header of it', () => {
    const meeting = { ...MEETING, title: NASTY };
    const nasty: Content<Mail>[] = [
      { kind: 'meetingInvitation', meeting, invitedBy: NASTY },
      { kind: 'meetingInvitation', meeting, invitedBy: NASTY, animates: true },
      { kind: 'meetingCancelled', meeting, word: NASTY },
      { kind: 'communityInvitation', community: NASTY, invitedBy: NASTY, url: link.url, days: 1 },
      { kind: 'meetingChanged', meeting, before: { title: NASTY, startsAt: 0 } },
    ];
    for (const content of nasty) {
      const { subject, html, text } = mail(content);
      expect(html).not.toContain('<img');
      expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;');
      expect(subject).not.toMatch(/[\r\n]/);
      expect(text).toContain('<img');
    }
  });

  it('has a subject that fits a list of emails, however long a title is', () => {
    expect(
      mail({ kind: 'meetingReminder', meeting: { ...MEETING, title: 'é'.repeat(900) } }).subject,
    ).toHaveLength(150);
  });

  it('is written whatever zone somebody lives in, and whatever characters somebody found', () => {
    const odd = { ...MEETING, timeZone: 'Lune/Mer', title: 'a\u0000b' };
    const { text, html } = mail({ kind: 'meetingReminder', meeting: odd });
    expect(text).toMatch(/13\sh\s30 \(heure de l’Est\)/);
    expect(`${text}${html}`).not.toContain('\u0000');
  });

  it('says one minute and one day as one says them', () => {
    const short = (lang: 'fr' | 'en') =>
      mail({ kind: 'signInLink', url: link.url, minutes: 1 }, lang).text +
      mail({ kind: 'communityInvitation', community: 'X', url: link.url, days: 1 }, lang).text;
    expect(short('fr')).not.toMatch(/\b1\s(prochaines|jours|minutes)/);
    expect(short('en')).not.toMatch(/\b1 (minutes|days)/);
  });

  it('brings the meeting for a calendar', () => {
    expect(mail({ kind: 'meetingReminder', meeting: MEETING }).ics).toBe('BEGIN:VCALENDAR');
    expect(mail({ kind: 'signInLink', ...link }).ics).toBe(undefined);
  });

  it('is of use for as long as what it leads to [MAIL-2]', () => {
    const until = (content: Content<Mail>) =>
      usefulUntil({ key: 'k', to: 'bea@exemple.test', lang: 'fr', ...content }, 1000);
    expect(until({ kind: 'signInLink', ...link })).toBe(1000 + 15 * 60_000);
    expect(until({ kind: 'meetingReminder', meeting: MEETING })).toBe(MEETING.startsAt + 90 * 60_000);
    const end = MEETING.startsAt + 90 * 60_000;
    expect(until({ kind: 'meetingCancelled', meeting: MEETING })).toBe(end);
    expect(until({ kind: 'registrationConfirmed', meeting: MEETING })).toBe(end);
    expect(until({ kind: 'registrationWaiting', meeting: MEETING })).toBe(end);
    // Who knows the former, later time needs to hear of it until that is over.
    const before = { title: 'Table', startsAt: MEETING.startsAt + 86_400_000 };
    expect(until({ kind: 'meetingChanged', meeting: MEETING, before })).toBe(end + 86_400_000);
  });
});
