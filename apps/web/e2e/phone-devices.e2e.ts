import { expect, test, type Page } from '@playwright/test';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

/** What a system does behind a page's back: silences a microphone, plugs in a headset, unplugs it, shows its own keys. */
const use = useProduct();

interface Behind {
  tracks: MediaStreamTrack[];
  hidden: string[];
  keys: Map<string, () => void>;
}

/** Keeps what the browser gave, and lets a test hide devices from the list. */
function behindThePage(): void {
  const behind: Behind = { tracks: [], hidden: ['default', 'communications', 'Input 2'], keys: new Map() };
  Object.assign(window, { behind });
  const devices = navigator.mediaDevices;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    behind.tracks.push(...stream.getAudioTracks());
    return stream;
  };
  const enumerate = devices.enumerateDevices.bind(devices);
  devices.enumerateDevices = async () =>
    (await enumerate()).filter(
      ({ deviceId, label }) => !behind.hidden.some((one) => deviceId === one || label.endsWith(one)),
    );
  const session = navigator.mediaSession;
  const handle = session.setActionHandler.bind(session);
  session.setActionHandler = (action, handler) => {
    if (handler) behind.keys.set(action, () => handler({ action }));
    handle(action, handler);
  };
}

/** The system silences what is captured, or lets it sound again. */
const silence = (page: Page, muted: boolean) =>
  page.evaluate((isMuted) => {
    const track = (window as unknown as { behind: Behind }).behind.tracks.at(-1);
    if (!track) throw new Error('no microphone is open');
    Object.defineProperty(track, 'muted', { configurable: true, get: () => isMuted });
    track.dispatchEvent(new Event(isMuted ? 'mute' : 'unmute'));
  }, muted);

const devicesAre = (page: Page, hidden: string[]) =>
  page.evaluate((names) => {
    (window as unknown as { behind: Behind }).behind.hidden = ['default', 'communications', ...names];
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  }, hidden);

test('[PHONE-7] [PHONE-9] [PHONE-10] a headset, a telephone call and the keys of the system are followed, and each is said', async () => {
  const { product, browser } = use;
  const code = await product.createMeeting('Table de mars');
  const join = (name: string, phone: boolean) =>
    Person.joining(browser, {
      url: product.url,
      code,
      name,
      phone,
      devices: phone,
      before: phone ? behindThePage : () => undefined,
    });
  const [ana, lea] = [await join('Ana', false), await join('Léa', true)];
  const { page } = lea;
  const heard = ana.tile('Léa');
  await expect(heard).not.toContainText('micro coupé');

  // Plugged in, then unplugged.
  await devicesAre(page, []);
  await expect(page.getByText(/^Le micro utilisé est maintenant\s: .*Input 2/)).toBeVisible();
  await page.evaluate(() => {
    const track = (window as unknown as { behind: Behind }).behind.tracks.at(-1);
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
  });
  await expect(page.getByText(/Input 2.* n’est plus là\. Le micro utilisé est maintenant/)).toBeVisible();
  await expect(lea.button('Micro').first()).toHaveAttribute('aria-pressed', 'true');

  // A call comes in, and is over.
  await silence(page, true);
  await expect(page.getByText(/on ne vous entend pas/)).toBeVisible();
  await expect(lea.button('Micro en pause')).toBeVisible();
  await expect(heard).toContainText('micro coupé');
  await silence(page, false);
  await expect(page.getByText(/on vous entend de nouveau/)).toBeVisible();
  await expect(heard).not.toContainText('micro coupé');

  // The lock screen.
  await expect.poll(() => page.evaluate(() => navigator.mediaSession.metadata?.title)).toBe('Table de mars');
  const key = (action: string) =>
    page.evaluate((name) => (window as unknown as { behind: Behind }).behind.keys.get(name)?.(), action);
  await key('togglemicrophone');
  await expect(lea.button('Micro coupé')).toBeVisible();
  await key('hangup');
  await expect(page.getByRole('heading', { name: 'Vous avez quitté la rencontre' })).toBeVisible();
  await Promise.all([ana.close(), lea.close()]);
});
