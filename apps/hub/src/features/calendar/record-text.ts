import type { RecordFileQuery, RecordMessage, RecordNotes, RecordPerson } from '@relais/protocol/calendar';
import type { CalendarRow } from '../../ports/calendar-store.ts';

export interface RecordParts {
  row: CalendarRow;
  people: readonly RecordPerson[];
  notes: readonly RecordNotes[];
  /** In order, as they are read. */
  messages: () => AsyncIterable<RecordMessage>;
}

const FR = {
  locale: 'fr-CA',
  agenda: 'ORDRE DU JOUR',
  people: (n: number) => `PERSONNES PRÉSENTES (${n})`,
  ran: 'animation',
  guest: 'invitation pour cette rencontre',
  notes: 'NOTES',
  plenary: 'plénière',
  room: (name: string, round: number | null) =>
    round === null ? `sous-groupe « ${name} »` : `sous-groupe « ${name} », ronde ${round}`,
  in: (name: string) => `sous-groupe « ${name} »`,
  announcement: 'annonce',
  messages: 'MESSAGES',
  none: 'Aucun.',
  colon: ' :',
};

type Words = typeof FR;

const EN: Words = {
  locale: 'en-CA',
  agenda: 'AGENDA',
  people: (n) => `WHO WAS THERE (${n})`,
  ran: 'ran the meeting',
  guest: 'invited to this meeting',
  notes: 'NOTES',
  plenary: 'plenary',
  room: (name, round) => (round === null ? `sub-group “${name}”` : `sub-group “${name}”, round ${round}`),
  in: (name) => `sub-group “${name}”`,
  announcement: 'announcement',
  messages: 'MESSAGES',
  none: 'None.',
  colon: ':',
};

const WORDS = { fr: FR, en: EN };

/** [CAL-8] What is left of a meeting as one text, piece by piece; what people wrote is text in it, each line of theirs indented. */
export async function* recordText(
  { row, people, notes, messages }: RecordParts,
  { lang, timeZone = row.timeZone }: RecordFileQuery,
): AsyncGenerator<string> {
  const words = WORDS[lang];
  const date = new Intl.DateTimeFormat(words.locale, { dateStyle: 'full', timeStyle: 'short', timeZone });
  const time = new Intl.DateTimeFormat(words.locale, { timeStyle: 'short', timeZone });
  yield `${row.title}\n${date.format(row.startsAt)} (${timeZone})\n`;
  if (row.agenda.length > 0) {
    const points = row.agenda.map(({ text, minutes }, index) => {
      const length = minutes === null ? '' : ` (${minutes} min)`;
      return `${index + 1}. ${text}${length}\n`;
    });
    yield `\n${words.agenda}\n${points.join('')}`;
  }
  yield `\n${words.people(people.length)}\n`;
  yield people.map((one) => `- ${one.name}${marksOf(one, words, time)}\n`).join('');
  for (const { room, round, text } of notes)
    yield `\n${words.notes} – ${room === null ? words.plenary : words.room(room, round)}\n${indented(text)}\n`;
  yield `\n${words.messages}\n`;
  let isEmpty = true;
  for await (const message of messages()) {
    isEmpty = false;
    yield lineOf(message, words, time);
  }
  if (isEmpty) yield `${words.none}\n`;
}

function marksOf({ isGuest, ran, stay }: RecordPerson, words: Words, time: Intl.DateTimeFormat): string {
  const marks = [
    ...(ran ? [words.ran] : []),
    ...(isGuest ? [words.guest] : []),
    ...(stay ? [`${time.format(stay.from)} – ${stay.until === null ? '…' : time.format(stay.until)}`] : []),
  ];
  return marks.length > 0 ? ` (${marks.join(', ')})` : '';
}

function lineOf(
  { at, name, room, isAnnouncement, text }: RecordMessage,
  words: Words,
  time: Intl.DateTimeFormat,
): string {
  const where = isAnnouncement ? ` (${words.announcement})` : room === null ? '' : ` (${words.in(room)})`;
  return `[${time.format(at)}] ${name}${where}${words.colon}\n${indented(text)}\n`;
}

const indented = (text: string) => text.replaceAll(/^/gm, '    ');
