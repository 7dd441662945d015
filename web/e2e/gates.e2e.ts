import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBox } from '../../server/gate-box/box.ts';
import { createBoxHttp } from '../../server/gate-box/box-http.ts';
import { startRelay } from '../../server/testing/relay.ts';
import { isAccessible } from './testing/axe.ts';
import { type Person, personAt } from './testing/browsers.ts';
import { isReadyForFlight, makeLink, openDoorEvent, openLink, scan } from './testing/door.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();
const twoHoursMs = 7_200_000;

test('two gates without a network let the same ticket in, one with a clock two hours fast, and the manager sees both', async () => {
  const { id, organiser, tickets } = await openGate('Two Offline', 1);
  const code = tickets[0]?.code ?? '';
  const [north, south] = [await house.person({ phone: true }), await house.person({ phone: true })];
  await south.context.addInitScript((aheadMs) => {
    const now = Date.now;
    Date.now = () => now() + aheadMs;
  }, twoHoursMs);
  for (const [phone, name] of [
    [north, 'North'],
    [south, 'South'],
  ] as const) {
    await openLink(phone, await makeLink(organiser, id, { label: name, gate: name }), `Phone ${name}`);
    await isReadyForFlight(phone);
    await phone.context.setOffline(true);
  }
  // South is the earlier one, hands in later, and its clock says that it was two hours later.
  await scan(south, code);
  await south.hears('status', 'Decided by this device');
  const between = new Date().toISOString();
  await scan(north, code);
  await north.hears('status', 'Decided by this device');

  await organiser.open(`/organise/events/${id}/door`);
  for (const phone of [north, south]) {
    await phone.context.setOffline(false);
    await phone.hears('status', 'Connected');
    await phone.page.getByText('not handed in').waitFor({ state: 'hidden' });
  }
  const row = organiser.page.getByRole('listitem').filter({ hasText: 'Let in twice' });
  await row.getByText('North · Phone North').waitFor();
  await row.getByText('South · Phone South').waitFor();
  const device = organiser.page.getByRole('listitem').filter({ hasText: 'Phone South' });
  await device.getByText('Its clock is 120 minutes fast.').waitFor();
  const { items } = await (await organiser.context.request.get(`/api/events/${id}/door-conflicts`)).json();
  expect(items).toMatchObject([{ admission: { gate: 'South' }, scan: { gate: 'North' } }]);
  const [{ admission, scan: double }] = items;
  expect([admission.scannedAt < between, double.scannedAt >= between]).toEqual([true, true]);
  await isAccessible(organiser);
});

test('a second tab of a gate says so and takes it over, with everything that the first one has scanned', async () => {
  const { id, organiser, tickets } = await openGate('Two Tabs', 2);
  const [first = '', second = ''] = tickets.map(({ code }) => code);
  await organiser.open(`/door/${id}`);
  await organiser.page.getByText('0 of 2 in').waitFor();
  await isReadyForFlight(organiser);
  await organiser.context.setOffline(true);
  await scan(organiser, first);
  await organiser.hears('status', '1 scan not handed in');

  const tab = personAt(await organiser.context.newPage(), organiser.expects);
  await tab.open(`/door/${id}`);
  await tab.sees('heading', 'Open in another tab');
  await isAccessible(tab);
  await scan(organiser, second);
  await organiser.hears('status', '2 scans not handed in');
  await tab.press('Scan here instead');
  await tab.hears('status', '2 scans not handed in');
  await organiser.sees('heading', 'Open in another tab');
  for (const code of [first, second]) {
    await scan(tab, code);
    await tab.hears('status', 'Used already');
  }
  // And back again. A gate that nobody looks at goes without a question.
  await organiser.press('Scan here instead');
  await organiser.hears('status', '2 scans not handed in');
  await tab.sees('heading', 'Open in another tab');
  await organiser.context.setOffline(false);
  await organiser.page.getByText('2 of 2 in').waitFor();
  await organiser.follow('Other event');
  await organiser.sees('heading', 'Which event are you at?');
  await tab.page.reload();
  await tab.page.getByText('2 of 2 in').waitFor();
});

test('a phone that opens another door link is warned, and hands in what it scanned with the first one', async () => {
  const { id, organiser, tickets } = await openGate('Two Links', 1);
  const other = await openGate('Another Hall', 1);
  const phone = await house.person({ phone: true });
  await openLink(phone, await makeLink(organiser, id, { label: 'North, Ben' }), 'Ben’s phone');
  await isReadyForFlight(phone);
  await phone.context.setOffline(true);
  await scan(phone, tickets[0]?.code ?? '');
  await phone.hears('status', '1 scan not handed in');
  // What the first gate has left stays there until the new link has been seen, however fast the network is back.
  const batches = '**/check-ins/batch';
  await phone.context.route(batches, (route) => route.abort('internetdisconnected'));
  await phone.page.goto('about:blank');
  await phone.context.setOffline(false);

  await phone.page.goto(await makeLink(organiser, other.id, { label: 'Hall' }));
  await phone.page.getByText('This device is a gate already: North, Ben').waitFor();
  await phone.page.getByText('1 scan not handed in yet.', { exact: false }).waitFor();
  await isAccessible(phone);
  await phone.context.unroute(batches);
  await phone.press('Start');
  await phone.page.getByText('0 of 1 in').waitFor();
  const admitted = async () =>
    (await (await organiser.context.request.get(`/api/events/${id}/check-ins/counts`)).json()).admitted;
  await expect.poll(admitted, { timeout: 30_000 }).toBe(1);
  // Both events are there to choose from.
  await phone.follow('Other event');
  await phone.follow(/Two Links/);
  await phone.page.getByText('1 of 1 in').waitFor();
});

test('a gate goes on with what it knew when the network brings the manifest of another event', async () => {
  const { id, organiser: door, tickets } = await openGate('Right Event', 2);
  const other = await openGate('Wrong Event', 3);
  const [first = '', second = ''] = tickets.map(({ code }) => code);
  await door.open(`/door/${id}`);
  await door.page.getByText('0 of 2 in').waitFor();
  const foreign = await door.context.request.get(`/api/events/${other.id}/door-manifest`);
  const body = await foreign.body();
  const path = `**/api/events/${id}/door-manifest*`;
  await door.context.route(path, (route) => route.fulfill({ status: 200, headers: foreign.headers(), body }));
  await door.hears('alert', 'This did not come from the ticket server');
  await isAccessible(door);
  await scan(door, first);
  await door.hears('status', 'Decided by this device');
  await scan(door, other.tickets[0]?.code ?? '');
  await door.hears('status', 'Another event');
  await door.context.unroute(path);
  await door.page.getByText('This did not come from').waitFor({ state: 'hidden' });
  await scan(door, second);
  await door.page.getByText('2 of 2 in').waitFor();
});

test('gates at a gate box in the house share their scans while the box sees no server', async () => {
  const { id, organiser, tickets } = await openGate('At the Box', 3);
  const [first = '', second = '', third = ''] = tickets.map(({ code }) => code);
  const folder = mkdtempSync(join(tmpdir(), 'admit-box-'));
  const relay = await startRelay(Number(new URL(house.url).port));
  const { hash } = new URL(await makeLink(organiser, id, { label: 'Box' }));
  const link = `${relay.url}/door/link${hash}`;
  const web = join(import.meta.dirname, '../dist');
  const box = await openBox({ link, folder, clock: house.app.clock, log: house.app.log });
  const http = await createBoxHttp(box, { web, tls: null });
  const phones: Person[] = [];
  try {
    await http.listen({ host: '127.0.0.1', port: 0 });
    const { port } = http.server.address() as AddressInfo;
    const at = `http://127.0.0.1:${port}/door/link#${box.secret}`;
    const [north, south] = [await house.person({ phone: true }), await house.person({ phone: true })];
    phones.push(north, south);
    for (const [phone, name] of [
      [north, 'North'],
      [south, 'South'],
    ] as const)
      await openLink(phone, at, `Phone ${name}`);
    relay.cut();
    await expect.poll(box.isOnline, { timeout: 30_000 }).toBe(false);
    south.expects({ status: 409, path: '/check-ins', often: true });
    // The box has no look-up, so the gate looks in what it knows.
    north.expects({ status: 404, path: '/door-tickets' });
    await scan(north, first);
    await north.hears('status', 'Admitted');
    await scan(south, first);
    await south.hears('status', 'Used already');
    await scan(south, second);
    await south.hears('status', 'Admitted');
    await isAccessible(south);
    await admitFound(north, tickets, 2);
    await scan(south, third);
    await south.hears('status', 'Used already');

    relay.mend();
    await expect.poll(() => box.isOnline() && box.store.countUnsent() === 0, { timeout: 30_000 }).toBe(true);
    const { request } = organiser.context;
    expect(await (await request.get(`/api/events/${id}/check-ins/counts`)).json()).toMatchObject({
      admitted: 3,
    });
    expect(await (await request.get(`/api/events/${id}/door-conflicts`)).json()).toMatchObject({ items: [] });
  } finally {
    relay.close();
    // A page that is still open would ask a box that is gone.
    for (const phone of phones) await phone.page.goto('about:blank');
    await http.close();
    await box.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Finds the tickets of an order by the order's number, and lets the guest with one of them in. The gate lists them by their ids. */
async function admitFound(door: Person, tickets: { id: string }[], which: number): Promise<void> {
  const ids = tickets.map(({ id }) => id);
  const [row] = await house.app.db.query<{ number: string }>(
    'select right(order_id, 8) as number from tickets where id = $1',
    [ids[which]],
  );
  await door.press('Find a ticket');
  await door.fill('Name, order number or seat', row?.number ?? '');
  await door.press('Search');
  const place = ids.toSorted().indexOf(ids[which] ?? '');
  await door.page.getByRole('listitem').getByRole('button', { name: 'Let in' }).nth(place).click();
  await door.hears('status', 'Admitted');
}

/** An event with sold tickets; the paper is not needed. */
async function openGate(title: string, count: number, fields?: object) {
  const opened = await openDoorEvent(house, title, count, fields);
  rmSync(opened.pdf);
  return opened;
}
