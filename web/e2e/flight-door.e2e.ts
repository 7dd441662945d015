import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { type Person, personAt } from './testing/browsers.ts';
import { isReadyForFlight, openDoorEvent, scan } from './testing/door.ts';
import { setUpHouse } from './testing/house.ts';
import { startKillable } from './testing/killable.ts';

const house = setUpHouse();

test('a gate opens in flight mode, decides alone, keeps its scans through a restart, and hands them in', async () => {
  const { id, organiser: door, tickets, pdf } = await openDoorEvent(house, 'Flight Mode', 6);
  rmSync(pdf);
  const codes = tickets.map(({ code }) => code);
  await door.open(`/door/${id}`);
  await door.page.getByText('0 of 6 in').waitFor();
  await isReadyForFlight(door);
  await scan(door, codes[0] ?? '');
  await door.hears('status', 'Admitted');

  await door.context.setOffline(true);
  await door.open(`/door/${id}`);
  await door.page.getByText('6 tickets, as of').waitFor();
  await door.page.getByText('1 of 6 in').waitFor();
  await scan(door, codes[1] ?? '');
  await door.hears('status', 'Decided by this device');
  await scan(door, codes[1] ?? '');
  await door.hears('status', 'Used already');
  // The manifest came after the first scan, or the gate itself remembers it.
  await scan(door, codes[0] ?? '');
  await door.hears('status', 'Used already');
  await scan(door, `ADMIT1.${'0'.repeat(160)}`);
  await door.hears('status', 'Not our code');
  await door.hears('status', '1 scan not handed in');
  await door.page.reload();
  await door.hears('status', '1 scan not handed in');
  await scan(door, codes[1] ?? '');
  await door.hears('status', 'Used already');

  await door.context.setOffline(false);
  await door.hears('status', 'Connected');
  await door.page.getByText('not handed in').waitFor({ state: 'hidden' });
  await door.page.getByText('2 of 6 in').waitFor();
});

test('a phone opens a door link without an account, scans alone, and stops once it learns that the link was revoked', async () => {
  const { id, organiser, tickets, pdf } = await openDoorEvent(house, 'By Link', 3);
  rmSync(pdf);
  const [first = '', second = '', third = ''] = tickets.map(({ code }) => code);
  const { request } = organiser.context;
  const made = await request.post(`/api/events/${id}/door-links`, {
    data: {
      label: 'North, Ben',
      gate: 'North',
      seesNames: false,
      expiresAt: new Date(house.app.clock.now().getTime() + 86_400_000).toISOString(),
    },
  });
  const { link, url } = await made.json();
  const phone = await house.person({ phone: true });
  await phone.open(new URL(url).pathname + new URL(url).hash);
  await phone.fill('Name of this device', 'Ben’s phone');
  // The secret is no longer in the address, which somebody may photograph or share.
  expect(new URL(phone.page.url()).hash).toBe('');
  await isAccessible(phone);
  await phone.press('Start');
  await phone.page.getByText('0 of 3 in').waitFor();
  await scan(phone, first);
  await phone.hears('status', 'Admitted');
  await isReadyForFlight(phone);

  await phone.context.setOffline(true);
  await phone.page.reload();
  await phone.page.getByText('1 of 3 in').waitFor();
  await scan(phone, second);
  await phone.hears('status', 'Decided by this device');
  const revoked = await request.delete(`/api/events/${id}/door-links/${link.id}`);
  expect(revoked.status()).toBe(204);
  // It cannot know yet.
  await scan(phone, third);
  await phone.hears('status', '2 scans not handed in');

  phone.expects({ status: 401, path: '/api/', often: true });
  await phone.context.setOffline(false);
  await phone.hears('alert', 'Device stopped');
  await expect.poll(() => keptKeys(phone)).toEqual([]);
  await scan(phone, first);
  await phone.hears('status', 'Device stopped');
  await isAccessible(phone);
});

test('a browser that is killed keeps every scan that was shown, and a deleted database stops nobody', async () => {
  const { id, organiser, tickets, pdf } = await openDoorEvent(house, 'Killed', 5);
  rmSync(pdf);
  const [first = '', second = '', third = '', fourth = ''] = tickets.map(({ code }) => code);
  const profile = mkdtempSync(join(tmpdir(), 'admit-profile-'));
  const start = async () => {
    const phone = await startKillable(profile, house.url);
    // A browser writes new cookies to the disk half a minute later, so the one that is killed loses them.
    await phone.context.addCookies(await organiser.context.cookies());
    return { ...phone, door: personAt(phone.page, () => {}) };
  };
  let phone = await start();
  try {
    await phone.door.open(`/door/${id}`);
    await phone.door.page.getByText('0 of 5 in').waitFor();
    await isReadyForFlight(phone.door);
    await phone.context.setOffline(true);
    for (const code of [first, second]) {
      await scan(phone.door, code);
      await phone.door.hears('status', 'Decided by this device');
    }
    await phone.kill();
    phone = await start();
    await phone.context.setOffline(true);
    await phone.door.open(`/door/${id}`);
    await phone.door.hears('status', '2 scans not handed in');
    await scan(phone.door, second);
    await phone.door.hears('status', 'Used already');

    await phone.page.evaluate(
      () =>
        new Promise<void>((done, fail) => {
          const deleting = indexedDB.deleteDatabase('admit-door');
          deleting.onsuccess = () => done();
          deleting.onerror = deleting.onblocked = () => fail(new Error('not deleted'));
        }),
    );
    await scan(phone.door, third);
    await phone.door.hears('status', '3 scans not handed in');
    await phone.context.setOffline(false);
    await phone.door.hears('status', 'Connected');
    await phone.page.getByText('not handed in').waitFor({ state: 'hidden' });
    await scan(phone.door, fourth);
    await phone.door.hears('status', 'Admitted');
  } finally {
    await phone.kill();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  const counts = await organiser.context.request.get(`/api/events/${id}/check-ins/counts`);
  expect(await counts.json()).toMatchObject({ admitted: 4 });
});

/** The keys of what the device has sealed. Without its key, what it knows of guests is noise. */
const keptKeys = ({ page }: Person): Promise<unknown[]> =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const opening = indexedDB.open('admit-door');
        opening.onsuccess = () => {
          const asking = opening.result.transaction('keys').objectStore('keys').getAllKeys();
          asking.onsuccess = () => done(asking.result);
        };
      }),
  );
