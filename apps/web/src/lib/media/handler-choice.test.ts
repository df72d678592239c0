import { describe, expect, it } from 'vitest';
import { handlerFor } from './handler-choice.ts';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('the handler for a browser', () => {
  it('is that of its engine', () => {
    expect(handlerFor(`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/156.0.0.0 Safari/537.36`)).toBe(
      'Chrome111',
    );
    expect(
      handlerFor(`Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/156.0.0.0 Safari/537.36`),
    ).toBe('Chrome111');
    expect(
      handlerFor(`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/140.0.0.0 Safari/537.36 Edg/140.0`),
    ).toBe('Chrome111');
    expect(handlerFor('Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0')).toBe(
      'Firefox120',
    );
    expect(
      handlerFor(
        'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
      ),
    ).toBe('Safari12');
  });

  it('is WebKit’s for every browser of iOS', () => {
    expect(handlerFor('Mozilla/5.0 (iPhone) AppleWebKit/605.1 CriOS/140.0 Mobile Safari/604.1')).toBe(
      'Safari12',
    );
    expect(handlerFor('Mozilla/5.0 (iPhone) AppleWebKit/605.1 FxiOS/140.0 Mobile Safari/605.1')).toBe(
      'Safari12',
    );
  });

  it('is none for a browser that is too old or unknown', () => {
    expect(handlerFor(`Mozilla/5.0 ${webkit} Chrome/90.0.0.0 Safari/537.36`)).toBeUndefined();
    expect(handlerFor('Mozilla/5.0 Gecko/20100101 Firefox/78.0')).toBeUndefined();
    expect(handlerFor('curl/8')).toBeUndefined();
  });
});
