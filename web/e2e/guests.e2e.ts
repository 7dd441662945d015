import { expect, test } from 'vitest';
import { demoPassword } from '../../server/demo/accounts.ts';
import { personAt } from './testing/browsers.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();

/** Publishes an event with one kind of ticket, and returns its address. */
async function openSale(title: string, capacity: number, priceMinor = 0): Promise<string> {
  const { request } = (await house.person()).context;
  const signedIn = await request.post('/api/auth/sign-in/email', {
    data: { email: 'organiser@example.com', password: demoPassword },
  });
  expect(signedIn.status()).toBe(200);
  const { organisations } = await (await request.get('/api/me')).json();
  const startsAt = house.app.clock.now().getTime() + 90 * 86_400_000;
  const created = await request.post('/api/events', {
    data: {
      organisationId: organisations[0].id,
      title,
      category: 'other',
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(startsAt + 7_200_000).toISOString(),
      timeZone: 'Europe/Berlin',
      venue: { name: 'Saal', city: 'Berlin', country: 'DE' },
      currency: 'EUR',
      pools: [{ key: 'all', name: 'All', capacity }],
      ticketTypes: [{ name: 'In', priceMinor, pools: ['all'] }],
    },
  });
  const { id, slug, version } = await created.json();
  const published = await request.post(`/api/events/${id}/publication`, {
    headers: { 'if-match': `"${version}"` },
  });
  expect(published.status()).toBe(200);
  return `/e/${slug}`;
}

const countGuests = async () =>
  (await house.app.db.query<{ count: number }>('select count(*)::int from users where is_anonymous'))[0]
    ?.count as number;

test('a double click of a new visitor at the last place is one guest with one hold', async () => {
  const address = await openSale('One chair', 1);
  const before = await countGuests();
  const visitor = await house.person();
  await visitor.open(address);
  await visitor.press('More: In');
  await visitor.page.getByRole('button', { name: /^Continue/ }).dblclick();
  await visitor.sees('heading', 'Checkout');
  expect(await countGuests()).toBe(before + 1);
  // After a reload the hold still belongs to this browser.
  await visitor.page.reload();
  await visitor.sees('heading', 'Checkout');
  await visitor.page.getByLabel('Name', { exact: true }).waitFor();
});

test('two tabs of a new visitor at the same moment are one guest, and the hold stays theirs', async () => {
  const address = await openSale('Two tabs', 1);
  const before = await countGuests();
  const one = await house.person();
  const two = personAt(await one.context.newPage(), one.expects);
  one.expects({ status: 409, path: '/holds' });
  for (const tab of [one, two]) {
    await tab.open(address);
    await tab.press('More: In');
  }
  const refused = one.context.waitForEvent('response', (response) => response.status() === 409);
  await Promise.all(
    [one, two].map((tab) => tab.page.getByRole('button', { name: /^Continue/ }).click({ noWaitAfter: true })),
  );
  await refused;
  await Promise.any([one, two].map((tab) => tab.page.waitForURL(/checkout/)));
  expect(await countGuests()).toBe(before + 1);
  const winner = [one, two].find((tab) => /checkout/.test(tab.page.url()));
  await winner?.page.reload();
  await winner?.page.getByLabel('Name', { exact: true }).waitFor();
});
