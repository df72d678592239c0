import {
  clientMessageId,
  meetingCode,
  meetingId,
  type MeetingEvent,
  type MeetingId,
  MESSAGE_MAX_LENGTH,
  type MessagePosted,
  participantId,
  type Place,
  roomId,
  roundId as roundIdSchema,
} from '@relais/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MeetingCreated, MeetingLog } from './meeting-log.ts';

/** What every meeting log must do. `open` gives an empty one; whoever opened it closes it. */
export function meetingLogContract(name: string, open: () => Promise<MeetingLog>): void {
  describe(`${name} as a meeting log`, () => {
    let log: MeetingLog;
    beforeEach(async () => {
      log = await open();
    });

    describe('create', () => {
      it('opens a log whose first event is the creation, and finds it by its code', async () => {
        const event = created('m1', 'abc-defg-hjk', 'Cercle de Lyon');
        expect(await log.create(event)).toEqual({ ok: true, value: undefined });
        expect(await log.read(event.meetingId, 0, 10)).toEqual(ok([{ version: 1, event }]));
        expect(await log.findByCode(event.code)).toEqual(
          ok({ meetingId: 'm1', code: event.code, title: 'Cercle de Lyon', createdAt: event.at, version: 1 }),
        );
      });

      it('refuses a code that is taken, and keeps nothing of the refused meeting', async () => {
        await log.create(created('m1', 'abc-defg-hjk'));
        expect(await log.create(created('m2', 'abc-defg-hjk'))).toEqual(refused('codeTaken'));
        expect(await log.read(id('m2'), 0, 10)).toEqual(ok([]));
      });

      it('lets one of two meetings that want the same code at once have it', async () => {
        const results = await Promise.all(
          ['m1', 'm2', 'm3', 'm4'].map((meeting) => log.create(created(meeting, 'abc-defg-hjk'))),
        );
        expect(results.filter((result) => result.ok)).toHaveLength(1);
        expect(results.filter((result) => !result.ok)).toEqual(Array(3).fill(refused('codeTaken')));
      });

      it('finds nothing under a code that was never given', async () => {
        expect(await log.findByCode(meetingCode.parse('zzz-zzzz-zzz'))).toEqual(ok(undefined));
      });
    });

    describe('append', () => {
      const meeting = id('m1');
      beforeEach(async () => {
        await log.create(created('m1', 'abc-defg-hjk'));
      });

      it('adds events after the expected version, in their order, and answers the new version', async () => {
        const events = [message('ana', 'c1', 'un'), message('ana', 'c2', 'deux')];
        expect(await log.append(meeting, 1, events)).toEqual(ok(3));
        expect(await log.append(meeting, 3, [message('bo', 'c3', 'trois')])).toEqual(ok(4));
        expect(await log.read(meeting, 1, 10)).toEqual(
          ok([
            { version: 2, event: events[0] },
            { version: 3, event: events[1] },
            { version: 4, event: message('bo', 'c3', 'trois') },
          ]),
        );
        expect(await log.findByCode(code())).toMatchObject({ value: { version: 4 } });
      });

      it('refuses any version but the last, and then adds nothing', async () => {
        await log.append(meeting, 1, [message('ana', 'c1')]);
        for (const stale of [0, 1, 3, 50]) {
          expect(await log.append(meeting, stale, [message('ana', 'c2')])).toEqual(
            refused('versionConflict'),
          );
        }
        expect(await log.read(meeting, 2, 10)).toEqual(ok([]));
      });

      it('knows no meeting that was not created', async () => {
        expect(await log.append(id('m9'), 0, [message('ana', 'c1')])).toEqual(refused('unknownMeeting'));
        expect(await log.read(id('m9'), 0, 10)).toEqual(ok([]));
      });

      it('lets exactly one of many appends at once to the same version win', async () => {
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, index) => log.append(meeting, 1, [message('ana', `c${index}`)])),
        );
        expect(results.filter((result) => result.ok)).toEqual([ok(2)]);
        expect(results.filter((result) => !result.ok)).toEqual(Array(19).fill(refused('versionConflict')));
        expect(await log.read(meeting, 1, 10)).toMatchObject({ value: { length: 1 } });
      });

      it('loses and doubles nothing when writers retry after conflicts', async () => {
        await Promise.all(Array.from({ length: 5 }, (_, writer) => appendPatiently(log, meeting, writer, 4)));
        const read = await log.read(meeting, 1, 100);
        const events = read.ok ? read.value : [];
        expect(events.map(({ version }) => version)).toEqual(
          Array.from({ length: 20 }, (_, index) => index + 2),
        );
        expect(new Set(events.map(({ event }) => JSON.stringify(event))).size).toBe(20);
      });

      it('keeps meetings apart', async () => {
        await log.create(created('m2', 'xyz-xyzx-xyz'));
        expect(await log.append(id('m2'), 1, [message('ana', 'c1')])).toEqual(ok(2));
        expect(await log.append(meeting, 1, [message('ana', 'c1')])).toEqual(ok(2));
      });

      it('refuses a message that its sender has posted already, with all that came with it', async () => {
        await log.append(meeting, 1, [message('ana', 'c1', 'premier')]);
        const again = [message('ana', 'c2'), message('ana', 'c1', 'second')];
        expect(await log.append(meeting, 2, again)).toEqual(refused('duplicateMessage'));
        expect(await log.append(meeting, 2, [message('ana', 'c2')])).toEqual(ok(3));
      });

      it('refuses the same message twice in one append', async () => {
        const twice = [message('ana', 'c1'), message('ana', 'c1')];
        expect(await log.append(meeting, 1, twice)).toEqual(refused('duplicateMessage'));
        expect(await log.findByCode(code())).toMatchObject({ value: { version: 1 } });
      });

      it('takes the same client message id from another participant', async () => {
        await log.append(meeting, 1, [message('ana', 'c1')]);
        expect(await log.append(meeting, 2, [message('bo', 'c1')])).toEqual(ok(3));
      });

      it('says that the version is stale before it says that the message is a duplicate', async () => {
        await log.append(meeting, 1, [message('ana', 'c1')]);
        expect(await log.append(meeting, 1, [message('ana', 'c1')])).toEqual(refused('versionConflict'));
      });

      it.each([
        ['characters of four bytes', '👩🏽‍🚀 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 🇫🇷'],
        [
          'quotes, backslashes and what looks like SQL',
          `'; drop table meetings; -- "\\" $1 \${x} \\u0041 %s`,
        ],
        ['line breaks and tabs', 'un\n\tdeux\r\ntrois\u2028quatre\u0085'],
        ['the longest text', 'é'.repeat(MESSAGE_MAX_LENGTH)],
        ['the longest text of four-byte characters', '🌍'.repeat(MESSAGE_MAX_LENGTH / 2)],
        ['text in several scripts, with combining marks', 'e\u0301 שלום مرحبا 你好 \u202eרנ'],
      ])('gives %s back as it was', async (_, text) => {
        const posted = message(
          'ana',
          'c1',
          text,
          `L'«${text
            .slice(0, 20)
            .trim()
            .replaceAll(/\p{Cc}|\u2028/gu, ' ')}»`,
        );
        expect(await log.append(meeting, 1, [posted])).toEqual(ok(2));
        expect(await log.read(meeting, 1, 1)).toEqual(ok([{ version: 2, event: posted }]));
      });

      it('[BREAK-2] gives sub-groups back as they were, and what was written before there were any', async () => {
        const room = { roomId: roomId.parse('r1'), name: 'Jardin', people: ['Ana'] };
        const [by, at, roundId] = [participantId.parse('ana'), 1_795_000_000_456, roundIdSchema.parse('t1')];
        const events: MeetingEvent[] = [
          message('ana', 'c1', 'avant'),
          {
            type: 'breakoutOpened',
            roundId,
            rooms: [room],
            opensAt: at + 5000,
            endsAt: null,
            late: 'own',
            mayChoose: false,
            placements: { [by]: room.roomId },
            by,
            at,
          },
          { type: 'breakoutStarted', roundId, at },
          { ...message('ana', 'c2', 'dans la salle'), to: [room.roomId] },
          { type: 'participantsMoved', roundId, moves: [{ participantId: by, roomId: null }], by, at },
          { type: 'breakoutEnded', roundId, at },
        ];
        expect(await log.append(meeting, 1, events)).toEqual(ok(7));
        const read = await log.read(meeting, 1, 10);
        expect(read).toEqual(ok(events.map((event, index) => ({ version: index + 2, event }))));
      });

      it('keeps what it was given when the caller changes it afterwards', async () => {
        const posted = message('ana', 'c1', 'avant');
        await log.append(meeting, 1, [posted]);
        posted.text = 'après';
        expect(await log.read(meeting, 1, 1)).toEqual(
          ok([{ version: 2, event: message('ana', 'c1', 'avant') }]),
        );
      });
    });

    describe('read', () => {
      it('gives at most the limit, and the rest from the last version given', async () => {
        await log.create(created('m1', 'abc-defg-hjk'));
        await log.append(
          id('m1'),
          1,
          Array.from({ length: 6 }, (_, index) => message('ana', `c${index}`)),
        );
        const versions = async (after: number, limit: number) => {
          const read = await log.read(id('m1'), after, limit);
          return read.ok ? read.value.map(({ version }) => version) : read.error;
        };
        expect(await versions(0, 3)).toEqual([1, 2, 3]);
        expect(await versions(3, 3)).toEqual([4, 5, 6]);
        expect(await versions(6, 3)).toEqual([7]);
        expect(await versions(7, 3)).toEqual([]);
      });
    });

    describe('messagesBefore', () => {
      it('pages backwards through the messages alone, each page oldest first', async () => {
        await log.create(created('m1', 'abc-defg-hjk'));
        // Versions 2, 4, 6, 8 and 10 are messages; joins and leaves lie between them.
        for (let index = 0; index < 5; index += 1) {
          const person = participantId.parse(`p${index}`);
          await log.append(id('m1'), 1 + index * 2, [
            message('ana', `c${index}`, `texte ${index}`),
            { type: 'participantJoined', participantId: person, name: 'Bo', at: 5 },
          ]);
        }
        const page = async (before: number) => {
          const read = await log.messagesBefore(id('m1'), before, 2);
          return read.ok ? read.value.map(({ version, text }) => `${version} ${text}`) : read.error;
        };
        expect(await page(12)).toEqual(['8 texte 3', '10 texte 4']);
        expect(await page(8)).toEqual(['4 texte 1', '6 texte 2']);
        expect(await page(4)).toEqual(['2 texte 0']);
        expect(await page(2)).toEqual([]);
      });

      it('gives a message with all that a history shows', async () => {
        await log.create(created('m1', 'abc-defg-hjk'));
        await log.append(id('m1'), 1, [message('ana', 'c1', 'bonjour', 'Ana')]);
        const { type: _, ...rest } = message('ana', 'c1', 'bonjour', 'Ana');
        expect(await log.messagesBefore(id('m1'), 99, 10)).toEqual(ok([{ version: 2, ...rest }]));
      });

      it('[BREAK-14] gives what can be read in one place alone', async () => {
        await log.create(created('m1', 'abc-defg-hjk'));
        const [one, two] = [roomId.parse('r1'), roomId.parse('r2')];
        await log.append(id('m1'), 1, [
          message('ana', 'c1', 'plénier'),
          { ...message('ana', 'c2', 'une'), to: [one] },
          { ...message('ana', 'c3', 'partout'), to: ['plenary', one, two], announcement: true },
          { ...message('ana', 'c4', 'deux'), to: [two] },
        ]);
        const texts = async (place?: Place) => {
          const read = await log.messagesBefore(id('m1'), Infinity, 10, place);
          return read.ok ? read.value.map(({ text }) => text) : read.error;
        };
        expect(await texts()).toEqual(['plénier', 'partout']);
        expect(await texts(one)).toEqual(['une', 'partout']);
        expect(await texts(two)).toEqual(['partout', 'deux']);
        expect(await texts(roomId.parse('r9'))).toEqual([]);
      });

      it('has none for a meeting that is not known', async () => {
        expect(await log.messagesBefore(id('m9'), 99, 10)).toEqual(ok([]));
      });
    });

    describe('messagesAfter', () => {
      it('pages forwards through what can be read in some places, each message once', async () => {
        await log.create(created('m1', 'abc-defg-hjk'));
        const [one, two] = [roomId.parse('r1'), roomId.parse('r2')];
        await log.append(id('m1'), 1, [
          message('ana', 'c1', 'plénier'),
          { ...message('ana', 'c2', 'une'), to: [one] },
          { ...message('ana', 'c3', 'partout'), to: ['plenary', one, two], announcement: true },
          { type: 'participantJoined', participantId: participantId.parse('p1'), name: 'Bo', at: 5 },
          { ...message('ana', 'c4', 'deux'), to: [two] },
        ]);
        const page = async (after: number, limit: number, places: readonly Place[] | 'all') => {
          const read = await log.messagesAfter(id('m1'), after, limit, places);
          return read.ok ? read.value.map(({ version, text }) => `${version} ${text}`) : read.error;
        };
        expect(await page(0, 3, 'all')).toEqual(['2 plénier', '3 une', '4 partout']);
        expect(await page(4, 3, 'all')).toEqual(['6 deux']);
        expect(await page(0, 10, ['plenary'])).toEqual(['2 plénier', '4 partout']);
        expect(await page(0, 10, ['plenary', one])).toEqual(['2 plénier', '3 une', '4 partout']);
        expect(await page(2, 10, [two])).toEqual(['4 partout', '6 deux']);
        expect(await page(0, 10, [])).toEqual([]);
        expect(await page(6, 10, 'all')).toEqual([]);
        expect(await log.messagesAfter(id('m9'), 0, 10, 'all')).toEqual(ok([]));
      });
    });

    describe('lastOf', () => {
      it('answers the last event of some types, of that meeting alone, and nothing where there is none', async () => {
        await log.create(created('m1', 'abc-defg-hjk'));
        await log.create(created('m2', 'bcd-efgh-jkm'));
        const by = participantId.parse('p1');
        const [locked, opened] = [
          { type: 'doorLocked', by, at: 5 },
          { type: 'doorUnlocked', by, at: 6 },
        ] as const;
        await log.append(id('m1'), 1, [locked, opened, message('p1', 'c1')]);
        expect(await log.lastOf(id('m1'), ['doorLocked', 'doorUnlocked'])).toEqual(ok(opened));
        expect(await log.lastOf(id('m1'), ['doorLocked'])).toEqual(ok(locked));
        expect(await log.lastOf(id('m1'), ['waitingRoomSet'])).toEqual(ok(undefined));
        expect(await log.lastOf(id('m2'), ['doorLocked'])).toEqual(ok(undefined));
        expect(await log.lastOf(id('m3'), ['meetingCreated'])).toEqual(ok(undefined));
      });
    });
  });
}

async function appendPatiently(
  log: MeetingLog,
  meeting: MeetingId,
  writer: number,
  count: number,
): Promise<void> {
  for (let written = 0; written < count;) {
    const head = await log.findByCode(code());
    if (!head.ok || !head.value) throw new Error('the meeting is not found');
    const result = await log.append(meeting, head.value.version, [message(`p${writer}`, `c${written}`)]);
    if (result.ok) written += 1;
    else if (result.error.kind !== 'versionConflict') throw new Error(result.error.kind);
  }
}

const ok = <T>(value: T) => ({ ok: true, value });
const refused = (kind: string) => ({ ok: false, error: { kind } });
const id = (name: string): MeetingId => meetingId.parse(name);
const code = () => meetingCode.parse('abc-defg-hjk');

export function created(meeting: string, at: string, title = 'Cercle'): MeetingCreated {
  return {
    type: 'meetingCreated',
    meetingId: id(meeting),
    code: meetingCode.parse(at),
    title,
    at: 1_795_000_000_123,
  };
}

export function message(sender: string, messageId: string, text = 'bonjour', name = 'Ana'): MessagePosted {
  return {
    type: 'messagePosted',
    participantId: participantId.parse(sender),
    name,
    clientMessageId: clientMessageId.parse(messageId),
    text,
    at: 1_795_000_000_456,
  };
}
