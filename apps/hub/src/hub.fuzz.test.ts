import { evolve, viewFor } from '@relais/domain';
import type { ClientMessageId, MeetingState } from '@relais/protocol';
import { expect, test } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { CODE, createHubRig, MEETING_ID } from '../test-support/hub-rig.ts';
import { seeded } from '@relais/domain/breakout/seeded';

const BROWSERS = 5;
const STEPS = 250;
/** Seeds that once found something stay here by name; the others are there to find the next. */
const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1);

test.each(SEEDS)(
  '[LOG-2] [LOG-4] [CHAT-2] [CHAT-3] random commands and cuts end with all equal (seed %i)',
  async (seed) => {
    const random = seeded(seed);
    const { hub, gateway, log } = await createHubRig();
    const browsers = Array.from({ length: BROWSERS }, () => new Browser(gateway));
    const acknowledged = new Set<string>();
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
    let messages = 0;
    let lastMessage: ClientMessageId | undefined;

    async function post(browser: Browser): Promise<void> {
      // One time in five the same message again, as a browser does whose acknowledgement was lost.
      const again = random() < 0.2 && lastMessage !== undefined;
      const clientMessageId = again ? lastMessage! : (`m${++messages}` as ClientMessageId);
      lastMessage = clientMessageId;
      await browser.call('chat:post', { clientMessageId, text: `texte ${clientMessageId}` });
      acknowledged.add(`${browser.seat!.participantId}/${clientMessageId}`);
    }

    async function step(): Promise<void> {
      const browser = pick(browsers);
      const dice = random();
      if (!browser.connection) {
        // Sometimes with all it knew, sometimes after a reload, when only the seat is left.
        if (random() < 0.3) browser.meeting = undefined;
        await browser.join(CODE, `Personne ${browsers.indexOf(browser)}`);
      } else if (dice < 0.4) await post(browser);
      else if (dice < 0.75) {
        if (browser.receive(Math.floor(random() * 6))) await browser.catchUp();
      } else if (dice < 0.85) browser.cut();
      else if (dice < 0.9) browser.cut(true);
      else if (dice < 0.95) {
        await browser.call('meeting:leave', {});
        browser.cut();
      } else browser.connection.inbox.splice(0, 1); // A fact that never arrives: only the numbers tell.
    }

    for (let i = 0; i < STEPS; i++) await step();
    for (const browser of browsers) {
      if (!browser.connection) await browser.join(CODE, 'Revenue');
    }
    for (const browser of browsers) {
      browser.receive();
      await browser.catchUp();
    }

    const stored = await log.read(MEETING_ID, 0, 100_000);
    if (!stored.ok) throw new Error('the log is away');
    const truth = stored.value.reduce<MeetingState | undefined>(evolve, undefined)!;
    for (const browser of browsers) {
      expect(browser.meeting).toEqual(viewFor(truth, browser.seat!.participantId));
      expect(browser.live).toEqual(browsers[0]!.live);
    }
    expect(truth.participants).toHaveLength(BROWSERS);
    const posted = stored.value.flatMap(({ event }) =>
      event.type === 'messagePosted' ? [`${event.participantId}/${event.clientMessageId}`] : [],
    );
    expect(new Set(posted).size, 'no message is doubled').toBe(posted.length);
    expect(new Set(posted), 'what was acknowledged is there').toEqual(acknowledged);
    await hub.close();
  },
);
