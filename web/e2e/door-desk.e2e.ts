import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { openDoorEvent } from './testing/door.ts';
import { setUpHouse } from './testing/house.ts';
import { scrollsSideways } from './testing/sideways.ts';

const house = setUpHouse();

test('a manager sets the rules of the door; what is wrong is named at its field, and nothing typed is lost', async () => {
  const { id, organiser: manager } = await openDoorEvent(house, 'Fire Limit', 1);
  const { page } = manager;
  await manager.open(`/organise/events/${id}/door`);
  await manager.follow('Rules');
  await page.getByLabel('Guests may go out and come back', { exact: false }).check();
  await manager.fill('Stop at', 'many');
  await manager.press('Add hand-out');
  await manager.press('Save rules');
  await page.getByText('Give the place a name.').waitFor();
  await page.getByText('Give a whole number from 1 to 1,000,000', { exact: false }).waitFor();
  // The first field that is wrong has the focus.
  await expect
    .poll(() => page.getByLabel('Stop at').evaluate((field) => field === document.activeElement))
    .toBe(true);
  await isAccessible(manager);
  // Another part of the page, and back: everything is still there.
  await manager.follow('Live');
  await page.getByText('Nothing was scanned yet.').waitFor();
  await manager.follow('Rules');
  expect(await page.getByLabel('Stop at').inputValue()).toBe('many');
  await manager.fill('Stop at', '150');
  await manager.fill('Warn from', '140');
  await manager.fill('Name of the place', 'Welcome drink');
  await manager.press('Save rules');
  await page.getByText('Saved. The gates follow these rules now.').waitFor();
  const { request } = manager.context;
  const read = async () => (await request.get(`/api/events/${id}/door-settings`)).json();
  expect(await read()).toMatchObject({
    reEntry: 'after-exit',
    insideLimit: 150,
    warnInsideAt: 140,
    checkpoints: [{ name: 'Welcome drink', kind: 'handout', times: 1, ticketTypeIds: null }],
    version: 1,
  });

  // Somebody else saves meanwhile.
  const { version, ...theirs } = await read();
  await manager.fill('Stop at', '120');
  await manager.fill('Warn from', '');
  const put = await request.put(`/api/events/${id}/door-settings`, {
    data: { ...theirs, insideLimit: 180 },
    headers: { 'if-match': `"${version}"` },
  });
  expect(put.status()).toBe(200);
  manager.expects({ status: 412, path: '/door-settings' });
  await manager.press('Save rules');
  await page.getByText('Somebody else has changed these rules').waitFor();
  await isAccessible(manager);
  expect(await page.getByLabel('Stop at').inputValue()).toBe('120');
  await manager.press('Save mine');
  await page.getByText('Saved. The gates follow these rules now.').waitFor();
  expect(await read()).toMatchObject({ insideLimit: 120, warnInsideAt: null, version: 3 });
  expect(await scrollsSideways(manager, { own: '' })).toEqual([]);
});

test('a manager finds a guest, reads every scan of the ticket, and takes the admission back', async () => {
  const { id, organiser: manager, tickets } = await openDoorEvent(house, 'Twice Scanned', 2);
  const { page } = manager;
  const { request } = manager.context;
  const ticket = tickets[0];
  const scan = (nonce: string, gate: string) =>
    request.post(`/api/events/${id}/check-ins`, { data: { code: ticket?.code, nonce, gate } });
  expect((await scan('desk-first', 'North')).status()).toBe(201);
  expect((await scan('desk-again', 'South')).status()).toBe(409);
  const { items } = await (await request.get(`/api/events/${id}/door-tickets?q=Standing`)).json();
  expect(items).toEqual([]);
  const scans = `/api/events/${id}/door-tickets/${ticket?.id}/scans`;
  const { orderNumber } = await (await request.get(scans)).json();
  await manager.open(`/organise/events/${id}/door`);
  await manager.follow('Find a guest');
  await manager.fill('Name, order number or seat', orderNumber);
  await manager.press('Find');
  await isAccessible(manager);
  await page.locator(`a[href$="#ticket-${ticket?.id}"]`).click();
  const entry = page.getByRole('listitem').filter({ hasText: 'North' });
  await entry.getByText('Came in').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'South' }).getByText('Refused: Used already').waitFor();
  await isAccessible(manager);
  await entry.getByRole('button', { name: 'Take back' }).click();
  await manager.fill('Reason', 'Scanned by mistake');
  await isAccessible(manager);
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await entry.getByText('Came in, taken back').waitFor();
  await entry.getByText('Scanned by mistake').waitFor();
  await page.getByText('Not used yet').waitFor();
  // The ticket admits its guest again, and the open page shows it.
  expect((await scan('desk-anew', 'East')).status()).toBe(201);
  await page.getByRole('listitem').filter({ hasText: 'East' }).getByText('Came in').waitFor();
  await isAccessible(manager);
  expect(await scrollsSideways(manager, { own: '' })).toEqual([]);
});

test('an order leads to the scans of its ticket', async () => {
  const { id, organiser: manager, tickets } = await openDoorEvent(house, 'From the Order', 1);
  const scans = `/api/events/${id}/door-tickets/${tickets[0]?.id}/scans`;
  const { orderId } = await (await manager.context.request.get(scans)).json();
  await manager.open(`/organise/orders/${orderId}`);
  await manager.follow('Scans at the door');
  await manager.page.getByText('This ticket was never scanned.').waitFor();
});

test('who is inside and what each gate does moves by itself, and the chart has a table', async () => {
  const { id, organiser: manager, tickets } = await openDoorEvent(house, 'Live Door', 3);
  const { page } = manager;
  const { request } = manager.context;
  const scan = (at: number, gate: string, direction = 'in') =>
    request.post(`/api/events/${id}/check-ins`, {
      data: { code: tickets[at]?.code, nonce: `live-${at}-${direction}`, gate, direction },
    });
  await manager.open(`/organise/events/${id}/door#live`);
  const tile = (name: string) => page.locator('dl > div').filter({ hasText: name }).locator('dd').first();
  const reads = (name: string) => expect.poll(() => tile(name).textContent());
  await reads('Still to come').toBe('3');
  await page.getByText('These numbers move by themselves.').waitFor();
  await scan(0, 'North');
  await scan(1, 'South');
  await reads('Inside now').toBe('2');
  await reads('Still to come').toBe('1');
  await scan(1, 'South', 'out');
  await reads('Inside now').toBe('1');
  const south = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'South' }) });
  await expect
    .poll(async () => (await south.getByRole('cell').allTextContents()).slice(0, 3))
    .toEqual(['1', '1', '0']);
  await page.getByRole('img', { name: /Guests who came in, by minute/ }).waitFor();
  await page.getByText('As a table').click();
  await isAccessible(manager);
  await manager.choose('Gate shown', 'North');
  await isAccessible(manager);
  expect(await scrollsSideways(manager, { own: '' })).toEqual([]);
});
