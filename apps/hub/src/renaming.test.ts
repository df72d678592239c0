import type { MeetingEvent } from '@relais/protocol';
import { expect, it, vi } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { CODE, createHubRig, MEETING_ID } from '../test-support/hub-rig.ts';
import { MemoryHubExchange } from './adapters/memory-hub-bus.ts';
import { createMemoryMeetingLog } from './adapters/memory-meeting-log.ts';
import type { Calendar } from './features/calendar/calendar.ts';
import type { Renamed } from './ports/calendar-store.ts';

it('[CAL-11] who has come early sees a new title at once, on whichever hub', async () => {
  const [log, exchange] = [createMemoryMeetingLog(), new MemoryHubExchange()];
  let tell: (renamed: Renamed) => void = () => undefined;
  const calendar: Pick<Calendar, 'onRenamed'> = {
    onRenamed: (listener) => {
      tell = listener;
    },
  };
  const rigs = [
    await createHubRig({ log, exchange, calendar: calendar as Calendar }),
    await createHubRig({ log, exchange }),
  ];
  const browsers = rigs.map(({ gateway }) => new Browser(gateway));
  for (const [index, browser] of browsers.entries()) await browser.join(CODE, `Personne ${index}`);
  const head = await log.findByCode(CODE);
  const version = head.ok && head.value ? head.value.version : 0;
  const event: MeetingEvent = { type: 'meetingRenamed', title: 'Cercle du bail', at: 2 };
  await log.append(MEETING_ID, version, [event]);
  tell({ meetingId: MEETING_ID, events: [{ version: version + 1, event }] });
  for (const browser of browsers)
    await vi.waitFor(() => {
      browser.receive();
      expect(browser.meeting?.title).toBe('Cercle du bail');
    }, 10_000);
  // What comes next follows: nobody is behind.
  await browsers[1]!.call('chat:post', { clientMessageId: 'm1', text: 'Bonjour' });
  await vi.waitFor(() => {
    browsers[0]!.receive();
    expect(browsers[0]!.meeting?.messages).toHaveLength(1);
  }, 10_000);
  for (const { hub } of rigs) await hub.close();
});
