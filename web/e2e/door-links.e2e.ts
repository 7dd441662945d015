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
  const temp = await house.person({ phone: true });
  await temp.open(address.slice(house.url.length));
  await temp.fill('Name of this device', 'Phone of Ben');
  await temp.press('Start');
  await temp.page.getByText('0 of 2 in').waitFor();
  // What the phone says of itself arrives on the manager's open page.
  const device = page.getByRole('listitem').filter({ hasText: 'Phone of Ben' });
  await device.getByText('Seen just now').waitFor();
  await isAccessible(manager);
  const scan = async (code = '') => {
    await temp.fill('Ticket code', code);
    await temp.press('Check in');
  };
  await scan(tickets[0]?.code);
  await temp.hears('status', 'Admitted');

  await manager.press('Revoke: Ben');
  await page.getByText('Its device stops at once.', { exact: false }).waitFor();
  await isAccessible(manager);
  temp.expects({ status: 401, path: '/api/', often: true });
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await device.getByText('Stopped').waitFor();
  await scan(tickets[1]?.code);
  await temp.hears('alert', 'Device stopped');
  const { admitted } = await (await manager.context.request.get(`/api/events/${id}/check-ins/counts`)).json();
  expect(admitted).toBe(1);
});

test('a manager sees a weak battery, a wrong clock, and a guest who was let in twice, and notes what was done', async () => {
  const { id, organiser: manager, tickets } = await openDoorEvent(house, 'Two Gates', 1);
  const { page } = manager;
  const { request } = manager.context;
  const open = async (gate: string) => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const made = await request.post(`/api/events/${id}/door-links`, {
      data: { label: gate, gate, seesNames: true, expiresAt },
    });
    const [, secret] = (await made.json()).url.split('#');
    const opened = await request.post('/api/door-devices', { data: { secret, name: `Phone ${gate}` } });
    return { authorization: `Door ${(await opened.json()).token}` };
  };
  const [north, south] = [await open('North'), await open('South')];
  await manager.open(`/organise/events/${id}/door`);
  const device = page.getByRole('listitem').filter({ hasText: 'Phone North' });
  await device.getByText('Seen just now').waitFor();
  const inTwoHours = new Date(Date.now() + 7_200_000).toISOString();
  await request.put('/api/door-devices/mine', {
    headers: north,
    data: { unsynced: 3, batteryPercent: 12, sentAt: inTwoHours },
  });
  await device.getByText('battery 12%').waitFor();
  await device.getByText('3 scans not handed in yet').waitFor();
  await device.getByText('Its clock is 120 minutes fast.').waitFor();

  const handIn = (headers: Record<string, string>, nonce: string) =>
    request.post(`/api/events/${id}/check-ins/batch`, {
      headers,
      data: { scans: [{ code: tickets[0]?.code, nonce, offline: { admitted: true } }] },
    });
  expect((await handIn(south, 'south-0001')).status()).toBe(200);
  expect((await handIn(north, 'north-0001')).status()).toBe(200);
  const conflict = page.getByRole('listitem').filter({ hasText: 'Let in twice' });
  await conflict.getByText('South').waitFor();
  await conflict.getByText('North').waitFor();
  await page.getByText('1 scan waits for you', { exact: false }).waitFor();
  await isAccessible(manager);
  await manager.press(/^Note what was done/);
  await manager.fill('Note', 'The second guest had a copy and left.');
  await page.getByRole('dialog').getByRole('button', { name: 'Note what was done' }).click();
  await conflict.getByText('The second guest had a copy and left.').waitFor();
  await page.getByText('All of these were looked at.').waitFor();
  await isAccessible(manager);
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
