import { test, type Browser } from '@playwright/test';
import { launch } from './browser.ts';
import { Product } from './product.ts';

/** The product and a browser with devices, for all the tests of a file: started before the first, stopped after. */
export function useProduct(env: Record<string, string> = {}) {
  let product: Product | undefined;
  let browser: Browser | undefined;
  test.beforeAll(async () => {
    product = await Product.start(env);
    browser = await launch();
  });
  test.afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });
  return {
    get product(): Product {
      if (!product) throw new Error('the product has not started');
      return product;
    },
    get browser(): Browser {
      if (!browser) throw new Error('the browser has not started');
      return browser;
    },
  };
}
