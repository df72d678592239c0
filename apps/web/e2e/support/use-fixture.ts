import { test, type Browser } from '@playwright/test';
import { serveFixture } from '../fixtures/serve.ts';
import { launch } from './browser.ts';

/** The pages over made-up views and a browser without devices, for all the tests of a file. */
export function useFixture() {
  let fixture: Awaited<ReturnType<typeof serveFixture>> | undefined;
  let browser: Browser | undefined;
  test.beforeAll(async () => {
    fixture = await serveFixture();
    browser = await launch({ devices: false });
  });
  test.afterAll(async () => {
    await browser?.close();
    await fixture?.stop();
  });
  return {
    get url(): string {
      if (!fixture) throw new Error('the pages are not served yet');
      return fixture.url;
    },
    get browser(): Browser {
      if (!browser) throw new Error('the browser has not started');
      return browser;
    },
  };
}
