import { meetingId, participantId } from '@relais/protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HubBus, HubEnvelope, HubMessage } from './hub-bus.ts';

/** What every bus must do. `join` adds a hub to the same bus; each is closed after its test. */
export function hubBusContract(name: string, join: () => Promise<HubBus>): void {
  describe(`${name} as a bus between hubs`, () => {
    const open: Hub[] = [];
    afterEach(async () => {
      await Promise.all(open.splice(0).map(({ bus }) => bus.close()));
    });

    class Hub {
      readonly bus: HubBus;
      readonly heard: HubEnvelope[] = [];
      #said = 0;

      constructor(bus: HubBus) {
        this.bus = bus;
        bus.subscribe({ message: (envelope) => this.heard.push(envelope), changed: () => undefined });
      }

      say(message: HubMessage): void {
        this.#said += 1;
        this.bus.publish({ from: this.bus.hubId, number: this.#said, at: 0, message });
      }
    }

    async function hub(): Promise<Hub> {
      const joined = new Hub(await join());
      open.push(joined);
      await vi.waitFor(() => expect(joined.bus.isUp).toBe(true), { timeout: 5000 });
      return joined;
    }

    const gone = (who: string): HubMessage => ({
      type: 'personGone',
      meetingId: meetingId.parse('m'),
      participantId: participantId.parse(who),
    });
    const hears = (one: Hub, count: number) =>
      vi.waitFor(() => expect(one.heard).toHaveLength(count), { timeout: 5000, interval: 5 });

    it('carries what one hub says to every other, and not back to itself', async () => {
      const [a, b, c] = [await hub(), await hub(), await hub()];
      a.say(gone('ana'));
      await Promise.all([hears(b, 1), hears(c, 1)]);
      expect(b.heard).toEqual([{ from: a.bus.hubId, number: 1, at: 0, message: gone('ana') }]);
      expect(c.heard).toEqual(b.heard);
      b.say(gone('bea'));
      await hears(c, 2);
      expect(a.heard).toHaveLength(1);
      expect(b.heard).toHaveLength(1);
    });

    it('keeps the order of each hub, however fast it speaks', async () => {
      const [a, b, c] = [await hub(), await hub(), await hub()];
      for (let i = 0; i < 300; i++) {
        a.say(gone(`a${i}`));
        b.say(gone(`b${i}`));
      }
      await hears(c, 600);
      for (const from of [a, b]) {
        const numbers = c.heard.filter((e) => e.from === from.bus.hubId).map((e) => e.number);
        expect(numbers).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
      }
    });

    it('gives a hub that comes later nothing of before', async () => {
      const [a, b] = [await hub(), await hub()];
      a.say(gone('before'));
      await hears(b, 1);
      const late = await hub();
      a.say(gone('after'));
      await hears(late, 1);
      expect(late.heard[0]?.message).toEqual(gone('after'));
    });

    it('is silent towards a hub that has closed, and may be closed twice', async () => {
      const [a, b, c] = [await hub(), await hub(), await hub()];
      await b.bus.close();
      await b.bus.close();
      b.say(gone('nobody'));
      a.say(gone('ana'));
      await hears(c, 1);
      expect(b.heard).toEqual([]);
    });
  });
}
