import { expect, test } from 'vitest';
import { proof } from '../../server/testing/thorough.ts';
import { signIn } from './testing/accounts.ts';
import type { Person } from './testing/browsers.ts';
import { cards, codesOf, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { readShownCode } from './testing/codes.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();

test('in flight mode the wallet opens, says so, and shows codes that the door can read', async () => {
  const guest = await house.person({ phone: true });
  const orderId = await buyTwo(guest);
  const codes = await codesOf(guest, orderId);
  await isReadyForFlight(guest, 2);

  await guest.context.setOffline(true);
  await guest.open('/orders');
  await guest.sees('heading', 'My tickets');
  await guest.page.getByText('You are offline').waitFor();
  await guest.follow('Night Shift');
  await guest.sees('heading', 'Night Shift');
  await guest.page.reload();
  await guest.sees('heading', 'Night Shift');
  expect([
    await readShownCode(guest, 'QR code of ticket 1'),
    await readShownCode(guest, 'QR code of ticket 2'),
  ]).toEqual(codes);
  await guest.press('Show large');
  const large = await guest.sees('dialog', 'Show this code at the door');
  expect(await large.textContent()).toContain('brightness');
  await guest.press('Close');
  for (const name of ['Tickets as PDF', 'Add to calendar', 'Cancel tickets'])
    expect(await (await guest.sees('button', name)).getAttribute('title')).toBe('This needs a connection.');

  // A page that needs the server says what the device has: which tickets, and when it last saw them.
  await guest.open('/e/somewhere');
  await guest.sees('heading', 'No connection');
  await guest.page.getByText(/^Last tried at /).waitFor();
  const saved = await guest.sees('region', 'Saved on this device');
  expect(await saved.textContent()).toMatch(/As of .*2 tickets/);
  await saved.getByRole('link', { name: 'Night Shift' }).click();
  await guest.sees('img', 'QR code of ticket 1');
  await guest.open('/e/somewhere');
  await guest.sees('heading', 'No connection');

  // The open page refetches by itself, and learns that there is no such event.
  guest.expects({ status: 404, path: '/api/events/somewhere' });
  await guest.context.setOffline(false);
  await guest.sees('heading', 'This page isn’t here');
  await guest.open(`/orders/${orderId}`);
  await guest.sees('link', 'Tickets as PDF');
  expect(await guest.page.getByText('You are offline').count()).toBe(0);
});

test('signing out takes the wallet off the device', async () => {
  const ada = await house.person();
  await ada.open('/sign-in');
  await signIn(ada, 'buyer@example.com');
  await buyTwo(ada);
  await isReadyForFlight(ada, 2);
  expect(await kept(ada)).toHaveLength(1);
  await ada.open('/account');
  await ada.press('Sign out');
  await ada.page.waitForURL((url) => url.pathname !== '/account');
  await expect.poll(() => kept(ada)).toEqual([]);

  await ada.context.setOffline(true);
  await ada.open('/orders');
  await ada.sees('heading', /No connection|Sign in to see this/);
});

proof('a guest’s wallet is not shown to whoever signs in next', async () => {
  const guest = await house.person();
  await buyTwo(guest);
  await isReadyForFlight(guest, 2);
  const [before] = await kept(guest);
  await guest.open('/sign-in');
  await signIn(guest, 'organiser@example.com');
  await expect.poll(async () => (await kept(guest)).includes(before ?? '')).toBe(false);
});

test('the screen stays on while a code is shown large, also after the phone was put away, and no longer', async () => {
  const guest = await house.person({ phone: true });
  await guest.page.addInitScript(giveLocks);
  await buyTwo(guest);
  expect(await locks(guest)).toEqual({ asked: 0, held: 0 });
  await guest.press('Show large');
  await guest.sees('dialog', 'Show this code at the door');
  await expect.poll(() => locks(guest)).toEqual({ asked: 1, held: 1 });

  // A browser releases the lock when the page is hidden, and reports when it is visible again.
  await guest.page.evaluate(async () => {
    await (window as unknown as Locks).given.at(-1)?.release();
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect.poll(() => locks(guest)).toEqual({ asked: 2, held: 1 });
  await guest.press('Close');
  await expect.poll(() => locks(guest)).toEqual({ asked: 2, held: 0 });
});

proof('a browser that keeps no screen on shows the code all the same', async () => {
  const guest = await house.person({ phone: true });
  await guest.page.addInitScript(() =>
    Object.defineProperty(navigator.wakeLock, 'request', {
      value: () => Promise.reject(new DOMException('the battery is low', 'NotAllowedError')),
    }),
  );
  await buyTwo(guest);
  await guest.press('Show large');
  await guest.sees('dialog', 'Show this code at the door');
  await guest.press('Close');
});

test('a new release is told of, changes nothing by itself, and comes with one tap', async () => {
  const guest = await house.person();
  await buyTwo(guest);
  await isReadyForFlight(guest, 2);
  await guest.page.addInitScript(noteRegistration);
  await guest.page.reload();
  await guest.sees('heading', 'Night Shift');
  // The page must register its own worker first. If it came second, it would count as one more release.
  await guest.page.waitForFunction(() => 'hasRegistered' in window);
  expect(await guest.page.getByText('A new version of Admit is ready.').count()).toBe(0);

  // To the browser, the same worker from another address is a new release, like the next build's.
  await guest.page.evaluate(async () => {
    Object.assign(window, { sameDocument: true });
    await navigator.serviceWorker.register('/sw.js?next');
  });
  await guest.hears('status', 'A new version of Admit is ready.');
  expect(await guest.page.evaluate(() => 'sameDocument' in window)).toBe(true);
  expect(await inCharge(guest)).toBe('/sw.js');

  await guest.press('Reload the page');
  await guest.page.waitForFunction(() => !('sameDocument' in window));
  await guest.sees('heading', 'Night Shift');
  expect(await inCharge(guest)).toBe('/sw.js?next');
});

test('the app can be installed', async () => {
  const guest = await house.person({ phone: true });
  await guest.open('/orders');
  const cdp = await guest.context.newCDPSession(guest.page);
  const { errors, data } = await cdp.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data ?? '');
  expect(manifest).toMatchObject({ name: 'Admit', display: 'standalone', start_url: '/' });
  for (const { src, sizes } of manifest.icons) {
    const size = await guest.page.evaluate(async (address) => {
      const picture = Object.assign(new Image(), { src: address });
      await picture.decode();
      return `${picture.naturalWidth}x${picture.naturalHeight}`;
    }, src);
    expect(size).toBe(sizes);
  }
});

test('a code that turns is made by the phone, also in flight mode, and admits; paper comes on request', async () => {
  // The last test of this house, because it changes the event.
  await house.app.db.query(
    `update events set ticket_codes = 'rotating-or-paper', version = version + 1 where slug = 'night-shift'`,
  );
  const guest = await house.person({ phone: true });
  const orderId = await buyTwo(guest);
  const shown = () => readShownCode(guest, 'QR code of ticket 1');
  const first = await shown();
  expect(first).toMatch(/^ADMIT2\./);
  expect(await guest.page.getByRole('link', { name: 'Tickets as PDF' }).count()).toBe(0);
  await guest.page.getByText('The code turns every 15 seconds.').first().waitFor();
  await expect.poll(() => savedKeys(guest), { timeout: 20_000 }).toBe(2);
  await guest.page.waitForFunction(() => navigator.serviceWorker.controller !== null);

  await guest.context.setOffline(true);
  await guest.page.reload();
  await guest.sees('heading', 'Night Shift');
  await guest.page.getByText('You are offline').waitFor();
  await expect.poll(shown, { timeout: 20_000, interval: 1000 }).not.toBe(first);
  await guest.press('Show large');
  const dialog = await guest.sees('dialog', 'Show this code at the door');
  await dialog.getByRole('img').waitFor();
  const code = await shown();
  const door = await house.person();
  await door.open('/sign-in');
  await signIn(door, 'organiser@example.com');
  const { id } = await (await door.context.request.get('/api/events/night-shift')).json();
  const scanned = await door.context.request.post(`/api/events/${id}/check-ins`, {
    data: { code, nonce: 'flight-mode-1' },
    headers: { origin: house.url },
  });
  expect(await scanned.json()).toMatchObject({ ticketTypeName: 'Regular' });
  await guest.press('Close');

  await guest.context.setOffline(false);
  await guest.open(`/orders/${orderId}`);
  // The browser that runs tests shows no PDF, so the request alone tells that the page opened it.
  const pdf = guest.page.waitForRequest((request) => request.url().endsWith('/ticket.pdf'));
  await guest.page.getByRole('button', { name: 'Get it on paper' }).last().click();
  expect((await pdf).url()).toContain('/api/tickets/');
});

const savedKeys = ({ page }: Person): Promise<number> =>
  page.evaluate(async () => {
    const name = (await caches.keys()).find((each) => each.startsWith('wallet:'));
    const requests = name ? await (await caches.open(name)).keys() : [];
    return requests.filter(({ url }) => url.includes('/wallet/keys/')).length;
  });

/** Buys two places at the club night, and returns the order's id. */
async function buyTwo(person: Person): Promise<string> {
  await findEvent(person, 'Night Shift');
  for (let i = 0; i < 2; i++) await person.press('More: Regular');
  await person.press(/^Continue/);
  await giveDetails(person, newBuyer());
  await payWith(person, cards.good);
  return seesTickets(person, 2);
}

/** Waits until the service worker controls the page and the codes are on the device. */
const isReadyForFlight = ({ page }: Person, codes: number) =>
  expect
    .poll(
      () =>
        page.evaluate(async () => {
          if (!navigator.serviceWorker.controller) return 0;
          const name = (await caches.keys()).find((each) => each.startsWith('wallet:'));
          const requests = name ? await (await caches.open(name)).keys() : [];
          return requests.filter(({ url }) => url.endsWith('/qr.svg')).length;
        }),
      { timeout: 20_000 },
    )
    .toBeGreaterThanOrEqual(codes);

const kept = ({ page }: Person): Promise<string[]> =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('wallet:')));

/** Runs before the page: records when its registration has been answered. */
function noteRegistration(): void {
  const { serviceWorker } = navigator;
  const register = serviceWorker.register.bind(serviceWorker);
  serviceWorker.register = async (...given) => {
    const registration = await register(...given);
    Object.assign(window, { hasRegistered: true });
    return registration;
  };
}

/** The service worker that controls the page. */
const inCharge = ({ page }: Person): Promise<string> =>
  page.evaluate(() => {
    const { pathname, search } = new URL(
      navigator.serviceWorker.controller?.scriptURL ?? '/none',
      location.href,
    );
    return pathname + search;
  });

interface Locks {
  given: { released: boolean; release: () => Promise<void> }[];
}

/** Runs in the page before its own program. A headless browser refuses each wake lock; this one grants them. */
function giveLocks(): void {
  const given: Locks['given'] = [];
  Object.assign(window, { given });
  Object.defineProperty(navigator.wakeLock, 'request', {
    value: async (kind: string) => {
      if (kind !== 'screen') throw new TypeError(kind);
      const lock = {
        released: false,
        release: async () => {
          lock.released = true;
        },
      };
      given.push(lock);
      return lock;
    },
  });
}

const locks = ({ page }: Person): Promise<{ asked: number; held: number }> =>
  page.evaluate(() => {
    const { given } = window as unknown as Locks;
    return { asked: given.length, held: given.filter(({ released }) => !released).length };
  });
