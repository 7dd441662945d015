import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { openDoorEvent } from './testing/door.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();

test('a manager makes a link, sees the phone of a temp with its battery, and stops it', async () => {
  const { id, organiser: manager, tickets } = await openDoorEvent(house, 'Gate by Link', 2);
  const { page } = manager;
  await manager.open(`/organise/events/${id}`);
  await manager.follow('Gates and devices');
  await page.getByText('No device has been here yet.').waitFor();
  await manager.press('New door link');
  await manager.fill('Who or what it is for', 'Ben');
  await manager.fill('Gate', 'North');
  await isAccessible(manager);
  await manager.press('Make link');
  await manager.sees('img', 'QR code of the door link');
  const address = await page.getByLabel('Address, shown only now').inputValue();
  expect(address).toMatch(/\/door\/link#[\w-]{43}$/);
  await isAccessible(manager);
  await manager.press('Done');
  await page.getByRole('listitem').filter({ hasText: 'no device yet' }).waitFor();

  // The temp has a browser of their own, and no account.
  const { context } = await house.person({ phone: true });
  const opened = await context.request.post('/api/door-devices', {
    data: { secret: address.split('#')[1], name: 'Phone of Ben' },
  });
  const { token } = await opened.json();
  const headers = { authorization: `Door ${token}` };
  const note = (more: object) =>
    context.request.put('/api/door-devices/mine', {
      headers,
      data: { unsynced: 0, sentAt: new Date().toISOString(), ...more },
    });
  // Each of these arrives on the manager's open page.
  const device = page.getByRole('listitem').filter({ hasText: 'Phone of Ben' });
  await device.getByText('Seen just now').waitFor();
  await note({ batteryPercent: 12, unsynced: 3 });
  await device.getByText('battery 12%').waitFor();
  await device.getByText('3 scans not handed in yet').waitFor();
  await note({
    batteryPercent: 13,
    isCharging: true,
    sentAt: new Date(Date.now() + 7_200_000).toISOString(),
  });
  await device.getByText('battery 13%, charging').waitFor();
  await device.getByText('Its clock is 120 minutes fast.').waitFor();
  expect(await device.getByText('not handed in').count()).toBe(0);
  await isAccessible(manager);

  const scan = (code = '') =>
    context.request.post(`/api/events/${id}/check-ins`, {
      headers,
      data: { code, nonce: `ben-${code.slice(-12)}` },
    });
  const admitted = await scan(tickets[0]?.code);
  expect([admitted.status(), (await admitted.json()).gate]).toEqual([201, 'North']);

  await manager.press('Revoke: Ben');
  await page.getByText('Its device stops at once.', { exact: false }).waitFor();
  await isAccessible(manager);
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await device.getByText('Stopped').waitFor();
  const refused = await scan(tickets[1]?.code);
  expect([refused.status(), (await refused.json()).code]).toEqual([401, 'door_link_ended']);
});

test('a manager stops one phone of a link, and the others go on', async () => {
  const { id, organiser: manager } = await openDoorEvent(house, 'Two Phones', 1);
  const { request } = manager.context;
  const made = await request.post(`/api/events/${id}/door-links`, {
    data: { label: 'Crew', seesNames: true, expiresAt: new Date(Date.now() + 3_600_000).toISOString() },
  });
  const [, secret] = (await made.json()).url.split('#');
  const open = async (name: string) =>
    (await request.post('/api/door-devices', { data: { secret, name } })).json();
  const [lost, kept] = [await open('Lost phone'), await open('Kept phone')];
  await manager.open(`/organise/events/${id}/door`);
  await manager.press('Stop device: Lost phone');
  await manager.page.getByRole('listitem').filter({ hasText: 'Lost phone' }).getByText('Stopped').waitFor();
  const statusOf = async ({ token }: { token: string }) =>
    (
      await request.get(`/api/events/${id}/check-ins/counts`, { headers: { authorization: `Door ${token}` } })
    ).status();
  expect([await statusOf(lost), await statusOf(kept)]).toEqual([401, 200]);
});
