import { expect, test, type Browser } from '@playwright/test';
import { ownAddress, startTestCoturn, type TestCoturn } from '@relais/testing/test-coturn';
import { launch } from './support/browser.ts';
import { expectAudible, expectMovingPicture } from './support/media.ts';
import { Person } from './support/person.ts';
import { Product } from './support/product.ts';

const SECRET = 'of this test only, 32 characters';

let coturn: TestCoturn | undefined;
let product: Product | undefined;
let browser: Browser | undefined;

test.skip(!process.env['TURNSERVER_PATH'], 'No coturn (TURNSERVER_PATH): npm test installs it where it can.');

test.beforeAll(async () => {
  coturn = await startTestCoturn(SECRET, [ownAddress()]);
  product = await Product.start({
    RELAIS_MEDIA_ADDRESS: ownAddress(),
    TURN_URLS: `turn:${coturn.address}:${coturn.port}?transport=tcp`,
    TURN_SECRET: SECRET,
  });
  browser = await launch();
});
test.afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await coturn?.close();
});

/** A network that lets nothing through but the relay, as the browser sees it. */
function onlyRelayed(): void {
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super({ ...configuration, iceTransportPolicy: 'relay' });
    }
  };
}

/** How each transport of the page goes: `relay` where the way in use begins at a relay. */
function waysOf(person: Person): Promise<unknown[]> {
  return person.page.evaluate(async () => {
    const { collectedConnections } = window as unknown as { collectedConnections: RTCPeerConnection[] };
    const ways: unknown[] = [];
    for (const connection of collectedConnections) {
      const reports = [...(await connection.getStats()).values()] as Record<string, unknown>[];
      const pair = reports.find((r) => r['type'] === 'candidate-pair' && r['nominated'] === true);
      const local = reports.find((r) => r['id'] === pair?.['localCandidateId']);
      if (local) ways.push(`${String(local['candidateType'])} ${String(local['relayProtocol'])}`);
    }
    return ways;
  });
}

test('somebody whose network lets only the relay through sees and hears the others, and is seen and heard', async () => {
  const { url } = product!;
  const code = await product!.createMeeting();
  const ana = await Person.joining(browser!, { url, code, name: 'Ana Tremblay', before: onlyRelayed });
  const cleo = await Person.joining(browser!, { url, code, name: 'Cléo Wapachee' });
  await expectMovingPicture(ana, cleo.name);
  await expectMovingPicture(cleo, ana.name);
  await expectAudible(ana, 1);
  await expectAudible(cleo, 1);
  expect(await waysOf(ana)).toEqual(['relay tcp', 'relay tcp']);
});
