// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- a test, not the browser
import { refusal, type Refusal } from '@relais/protocol';
import { describe, expect, it } from 'vitest';
import { enAdmin } from './en-admin.ts';
import { enBack } from './en-back.ts';
import { enBudget } from './en-budget.ts';
import { enCalendar } from './en-calendar.ts';
import { enCheck } from './en-check.ts';
import { enCommunities } from './en-communities.ts';
import { enDeviceNews } from './en-device-news.ts';
import { enDoor } from './en-door.ts';
import { enEntry } from './en-entry.ts';
import { enBoard } from './en-board.ts';
import { enGroups } from './en-groups.ts';
import { enHelp } from './en-help.ts';
import { enLight } from './en-light.ts';
import { enLate } from './en-late.ts';
import { enNotes } from './en-notes.ts';
import { enLine } from './en-line.ts';
import { enPeople } from './en-people.ts';
import { enPrivacy } from './en-privacy.ts';
import { enPrepare } from './en-prepare.ts';
import { enShell } from './en-shell.ts';
import { enVoice } from './en-voice.ts';
import { en } from './en.ts';
import { frAdmin } from './fr-admin.ts';
import { frBack } from './fr-back.ts';
import { frBudget } from './fr-budget.ts';
import { frCalendar } from './fr-calendar.ts';
import { frCheck } from './fr-check.ts';
import { frCommunities } from './fr-communities.ts';
import { frDeviceNews } from './fr-device-news.ts';
import { frDoor } from './fr-door.ts';
import { frEntry } from './fr-entry.ts';
import { frBoard } from './fr-board.ts';
import { frGroups } from './fr-groups.ts';
import { frHelp } from './fr-help.ts';
import { frLight } from './fr-light.ts';
import { frLate, type LateCatalogue } from './fr-late.ts';
import { frNotes } from './fr-notes.ts';
import { frLine } from './fr-line.ts';
import { frPeople } from './fr-people.ts';
import { frPrivacy } from './fr-privacy.ts';
import { frPrepare } from './fr-prepare.ts';
import { frShell } from './fr-shell.ts';
import { frVoice } from './fr-voice.ts';
import { fr } from './fr.ts';
import { refusalWords } from './refusal-words.ts';

/** Every text, with functions called on plausible values; names are paths such as `chat.left`. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const say = value as (...values: unknown[]) => unknown;
    return [0, 1, 2].map((n) => [path, String(say(n, 9))]);
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, path ? `${path}.${key}` : key));
}

const without = ({ refusals: _, ...rest }: LateCatalogue) => texts(rest);
const french = [
  ...texts(fr),
  ...without(frLate),
  ...texts(frAdmin, 'admin'),
  ...texts(frBack, 'back'),
  ...texts(frBudget, 'budget'),
  ...texts({ ...frCalendar, refusals: {} }, 'calendar'),
  ...texts(frDeviceNews, 'deviceNews'),
  ...texts(frBoard, 'board'),
  ...texts(frDoor, 'door'),
  ...texts(frEntry, 'entry'),
  ...texts(frGroups, 'groups'),
  ...texts(frHelp, 'help'),
  ...texts(frCheck, 'check'),
  ...texts(frLight, 'light'),
  ...texts(frLine, 'line'),
  ...texts(frPeople, 'people'),
  ...texts(frCommunities, 'communities'),
  ...texts(frPrivacy, 'privacy'),
  ...texts(frPrepare, 'prepare'),
  ...texts(frNotes, 'notes'),
  ...texts(frShell, 'shell'),
  ...texts(frVoice, 'voice'),
  ...kinds().map((k) => [k.kind, refusalWords(frLate, k)] as const),
];
const english = [
  ...texts(en),
  ...without(enLate),
  ...texts(enAdmin, 'admin'),
  ...texts(enBack, 'back'),
  ...texts(enBudget, 'budget'),
  ...texts({ ...enCalendar, refusals: {} }, 'calendar'),
  ...texts(enDeviceNews, 'deviceNews'),
  ...texts(enBoard, 'board'),
  ...texts(enDoor, 'door'),
  ...texts(enEntry, 'entry'),
  ...texts(enGroups, 'groups'),
  ...texts(enHelp, 'help'),
  ...texts(enCheck, 'check'),
  ...texts(enLight, 'light'),
  ...texts(enLine, 'line'),
  ...texts(enPeople, 'people'),
  ...texts(enCommunities, 'communities'),
  ...texts(enPrivacy, 'privacy'),
  ...texts(enPrepare, 'prepare'),
  ...texts(enNotes, 'notes'),
  ...texts(enShell, 'shell'),
  ...texts(enVoice, 'voice'),
  ...kinds().map((k) => [k.kind, refusalWords(enLate, k)] as const),
];

/** One refusal of each kind that the protocol knows. */
function kinds(): Refusal[] {
  return refusal.options.map(
    ({ shape }) =>
      ({
        kind: shape.kind.value,
        issues: [],
        id: 'x',
        limit: 'x',
        retryAfterMs: 2000,
        reason: 'x',
        serverVersion: 2,
        what: 'log',
        incident: 'x',
      }) as unknown as Refusal,
  );
}

describe('the catalogues', () => {
  it('leave no text empty and say every refusal in both languages', () => {
    for (const [path, text] of [...french, ...english]) expect(text.trim(), path).not.toBe('');
    expect(kinds().length).toBe(Object.keys(frLate.refusals).length);
    expect(kinds().length).toBe(Object.keys(frAdmin.errors.kinds).length);
  });

  it('do not raise their voice', () => {
    for (const [path, text] of [...french, ...english]) expect(text, path).not.toContain('!');
  });

  it('French keeps a space that does not break before high punctuation and inside guillemets', () => {
    for (const [path, text] of french) {
      expect(text, path).not.toMatch(/[ \p{L}\p{N}][:;?](?!\/\/)|« | »|'/u);
    }
  });

  it('French uses its own words', () => {
    for (const [path, text] of french) {
      expect(text, path).not.toMatch(/\b(chat|meeting|call|email|breakout|ok|cliquez)\b/iu);
    }
  });

  it('count as each language does: zero is singular in French, plural in English', () => {
    expect([0, 1, 2].map(fr.people.count)).toEqual(['0 personne', '1 personne', '2 personnes']);
    expect([0, 1, 2].map(en.people.count)).toEqual(['0 people', '1 person', '2 people']);
  });

  it('say how long to wait in whole seconds', () => {
    expect(refusalWords(frLate, { kind: 'tooMany', retryAfterMs: 1 })).toContain('dans 1 seconde.');
    expect(refusalWords(frLate, { kind: 'tooMany', retryAfterMs: 1001 })).toContain('dans 2 secondes.');
  });
});
