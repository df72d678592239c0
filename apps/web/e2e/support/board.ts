import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import { CODE } from '../fixtures/serve.ts';
import type { FakeBreakout } from '../fixtures/views/breakout.svelte.ts';
import type { FakeMeeting } from '../fixtures/views/meeting.svelte.ts';
import type { useFixture } from './use-fixture.ts';

type Fixture = ReturnType<typeof useFixture>;

/** What the made-up pages give to tests. */
export interface Stores {
  stores: { breakout: FakeBreakout; meeting: FakeMeeting };
}

export const THREE_ROOMS = 'people=12&rooms=3';

/** The board of an animator, with what is used upon it. */
export class Board {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async open(fixture: Fixture, query: string, options: Parameters<Browser['newContext']>[0] = {}) {
    const context = await fixture.browser.newContext({
      locale: 'fr-CA',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    const page = await context.newPage();
    await page.goto(`${fixture.url}/r/${CODE}?inside&devices=on&facilitator&${query}`);
    const board = new Board(page);
    await board.button('Plus').press('Enter');
    await board.button('Sous-groupes').press('Enter');
    await expect(board.card('Plénière')).toBeVisible();
    return board;
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  card(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  person(name: string): Locator {
    return this.page.getByRole('checkbox', { name, exact: true });
  }

  /** The board's own: everybody has one in the bar. */
  get clock(): Locator {
    return this.page.locator('.board').getByRole('timer');
  }

  get said(): Locator {
    return this.page.locator('.foot [role=status]');
  }

  /** The names on a card, in order. */
  async names(card: string): Promise<string[]> {
    return this.card(card)
      .getByRole('checkbox')
      .evaluateAll((boxes) =>
        boxes.map((box) => (box instanceof HTMLInputElement ? (box.labels?.[0]?.innerText ?? '') : '')),
      );
  }

  /** As somebody else of the meeting. */
  another(who: string, name: string, payload: unknown): Promise<void> {
    return this.page.evaluate(
      ([by, request, asked]) => {
        const { stores } = window as unknown as Stores;
        const done = stores.breakout.act(by as never, request as never, asked);
        if (!done.ok) throw new Error(JSON.stringify(done.error));
      },
      [who, name, payload] as const,
    );
  }

  /** The middle of what of a card is in sight. */
  async pointOn(card: string): Promise<{ x: number; y: number }> {
    const [box, seen] = await Promise.all([
      this.card(card).boundingBox(),
      this.page.locator('.board .scroll').boundingBox(),
    ]);
    if (!box || !seen) throw new Error(`${card} is not there`);
    const [top, bottom] = [Math.max(box.y, seen.y), Math.min(box.y + box.height, seen.y + seen.height)];
    if (bottom - top < 8) throw new Error(`${card} is not in sight`);
    return { x: box.x + box.width / 2, y: (top + bottom) / 2 };
  }

  close = () => this.page.context().close();
}
