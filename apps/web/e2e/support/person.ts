import { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { soundAs } from './tones.ts';

/** Keeps every RTCPeerConnection of the page where `statistics` finds it. */
export function collectConnections(): void {
  // Those made in a page within ours are collected with ours; who only asks for addresses there has one of that page's own.
  const parent = window.parent === window ? undefined : (window.parent as Window & typeof globalThis);
  const above = parent && (Reflect.get(parent, 'collectedConnections') as RTCPeerConnection[] | undefined);
  const made: RTCPeerConnection[] = above ?? [];
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      if (!parent || this instanceof parent.RTCPeerConnection) made.push(this);
    }
  };
  Object.assign(window, { collectedConnections: made });
}

export interface PersonOptions {
  /** Where the product is for this person: a `Line`'s url, to cut it later. */
  url: string;
  code: string;
  name: string;
  /** Enters with camera and microphone; otherwise to listen and write. */
  devices?: boolean;
  viewport?: { width: number; height: number };
  /** A phone: touched, and of that size unless another is given. */
  phone?: boolean;
  /** Runs in the page before anything of ours does. */
  before?: () => void;
  /** Their voice is this tone, in hertz, and nothing else. */
  tone?: number;
}

/** Somebody in a browser of their own, who uses the product by what it shows. */
export class Person {
  readonly name: string;
  readonly page: Page;
  readonly context: BrowserContext;

  private constructor(name: string, context: BrowserContext, page: Page) {
    this.name = name;
    this.context = context;
    this.page = page;
  }

  /** Opens the link, and stands before the door with devices ready; in a browser of one's own as that is. */
  static async atTheDoor(
    browser: Browser | BrowserContext,
    { url, code, name, devices = true, phone = false, viewport, before, tone }: PersonOptions,
  ) {
    const size = viewport ?? (phone ? { width: 360, height: 740 } : undefined);
    const options = {
      locale: 'fr-CA',
      permissions: devices ? ['camera', 'microphone'] : [],
      ...(size && { viewport: size }),
      ...(phone && { hasTouch: true, isMobile: true }),
    };
    const context = 'newContext' in browser ? await browser.newContext(options) : browser;
    if (before) await context.addInitScript(before);
    if (tone) await context.addInitScript(soundAs, tone);
    await context.addInitScript(collectConnections);
    const page = await context.newPage();
    await page.goto(`${url}/r/${code}`);
    await page.getByLabel('Votre nom').fill(name);
    if (devices) {
      // The permission was given beforehand, as on a second visit: they start by themselves.
      const ready = page.getByRole('button', { name: 'Entrer', exact: true });
      await expect(ready).toBeVisible();
    }
    return new Person(name, context, page);
  }

  static async joining(browser: Browser | BrowserContext, options: PersonOptions): Promise<Person> {
    const person = await Person.atTheDoor(browser, options);
    await person.enter();
    return person;
  }

  async enter(): Promise<void> {
    await this.page.getByRole('button', { name: /^Entrer/ }).click();
    await expect(this.button('Quitter')).toBeVisible();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** The tile of somebody, on this person's screen. */
  tile(of: string): Locator {
    return this.page
      .getByRole('region', { name: 'Personnes à l’écran' })
      .getByRole('listitem')
      .filter({ has: this.page.getByTitle(of, { exact: true }) });
  }

  async openMessages(): Promise<void> {
    const box = this.page.getByRole('textbox', { name: 'Votre message' });
    if (!(await box.isVisible())) await this.button(/^Messages/).click();
    await expect(box).toBeVisible();
  }

  async write(text: string): Promise<void> {
    await this.openMessages();
    const box = this.page.getByRole('textbox', { name: 'Votre message' });
    await box.fill(text);
    await box.press('Enter');
  }

  /** The texts of the messages as they stand, pending ones included, oldest first. */
  texts(): Promise<string[]> {
    return this.page.locator('.message .text').allInnerTexts();
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
