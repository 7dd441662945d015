import { expect, test } from 'vitest';
import { proof } from '../../server/testing/thorough.ts';
import { signIn } from './testing/accounts.ts';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();

test('a buyer gets a receipt, then an invoice, and corrects it; the seller’s details come first', async () => {
  const owner = await house.person();
  await owner.open('/sign-in');
  await signIn(owner, 'organiser@example.com');
  await owner.open('/organise/team');
  const seller = await owner.sees('region', 'You as the seller');
  await owner.press('Save the seller');
  expect(await seller.getByText('Fill this in.').count()).toBe(3);
  await owner.fill('Legal name', 'Kesselhaus GmbH');
  await owner.fill('Street and number', 'Knaackstraße 97');
  await owner.fill('Town', 'Berlin');
  await owner.choose('Country', 'Germany');
  await owner.fill('VAT ID', 'de 987.654.321');
  await owner.fill('Beginning of the numbers', 'kh-');
  await owner.page.getByText('KH-000042').waitFor();
  await owner.press('Save the seller');
  await owner.hears('status', 'Saved. The next documents');
  expect(await owner.page.getByLabel('VAT ID').inputValue()).toBe('DE987654321');
  await owner.page.reload();
  await owner.sees('region', 'You as the seller');
  await expect.poll(() => owner.page.getByLabel('Legal name').inputValue()).toBe('Kesselhaus GmbH');

  const guest = await house.person({ phone: true });
  await findEvent(guest, 'Night Shift');
  await guest.press('More: Regular');
  await guest.press(/^Continue/);
  await giveDetails(guest, newBuyer());
  await payWith(guest, cards.good);
  await seesTickets(guest, 1);
  const documents = await guest.sees('region', 'Receipts and invoices');
  await documents.getByText(/^Receipt KH-\d{6}$/).waitFor();

  await guest.press('Get an invoice with an address');
  const dialog = await guest.sees('dialog', 'Who is the invoice for?');
  await guest.press('Get the invoice');
  await dialog.getByText('Choose the country.').waitFor();
  await guest.fill('Company or person', 'Analytical Engines Ltd');
  await guest.fill('Street and number', '12 St James’s Square');
  await guest.fill('Town', 'London');
  await guest.choose('Country', 'United Kingdom');
  await guest.fill('VAT ID', '!');
  await guest.press('Get the invoice');
  await dialog.getByText('4 to 20 letters and digits.').waitFor();
  await guest.fill('VAT ID', '');
  await guest.press('Get the invoice');
  await guest.hears('status', 'The new invoice is ready.');
  expect(await namesOf(guest)).toEqual(['Receipt', 'Credit note', 'Invoice']);
  expect(await documents.getByText('replaced by a new invoice').count()).toBe(1);

  await guest.press('Correct the invoice address');
  await guest.sees('dialog', 'Who is the invoice for?');
  expect(await guest.page.getByLabel('Company or person').inputValue()).toBe('Analytical Engines Ltd');
  await guest.press('Close');

  const link = documents.getByRole('link', { name: /^Open PDF: Invoice KH-/ });
  const pdf = await guest.context.request.get((await link.getAttribute('href')) ?? '');
  expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf']);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');

  await guest.context.setOffline(true);
  await guest.page.reload();
  await guest.page.getByText('Your receipts need a connection.').waitFor();
  await guest.context.setOffline(false);
});

proof(
  'a buyer asks for an invoice at the checkout, and neither a reload nor Back loses what was typed',
  async () => {
    const guest = await house.person({ phone: true });
    await findEvent(guest, 'Night Shift');
    await guest.press('More: Regular');
    await guest.press(/^Continue/);
    await guest.sees('heading', 'Checkout');
    await guest.page.getByLabel('I need an invoice with an address').check();
    await isAccessible(guest);
    // The address is checked with everything else, and nothing is sent without it.
    await giveDetails(guest, newBuyer());
    await guest.page.getByText('Choose the country.').waitFor();
    await isAccessible(guest);
    await guest.fill('Company or person', 'Analytical Engines Ltd');
    await guest.fill('Street and number', '12 St James’s Square');
    await guest.fill('Town', 'London');
    await guest.choose('Country', 'United Kingdom');

    const isKept = async () => {
      await expect
        .poll(() => guest.page.getByLabel('Company or person').inputValue())
        .toBe('Analytical Engines Ltd');
      expect(await guest.page.getByLabel('Country').inputValue()).toBe('GB');
    };
    await guest.page.reload();
    await isKept();
    await guest.follow('Change');
    await guest.sees('heading', 'Night Shift');
    await guest.page.goBack();
    await isKept();

    // What the server refuses in the address is said at its field. The page checks as much as the server, so here the request
    // changes on its way.
    const orders = '**/api/orders';
    guest.expects({ status: 400, path: '/api/orders' });
    await guest.page.route(
      orders,
      (way) => {
        const body = way.request().postDataJSON();
        return way.continue({
          postData: { ...body, invoiceAddress: { ...body.invoiceAddress, country: 'Albion' } },
        });
      },
      { times: 1 },
    );
    await guest.press('Continue to payment');
    const country = guest.page.getByLabel('Country');
    await expect.poll(() => country.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => country.evaluate((field) => field === document.activeElement)).toBe(true);
    await guest.choose('Country', 'United Kingdom');

    // The order has the address from the start: nothing else is sent that could fail.
    const sent: string[] = [];
    guest.page.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    await guest.press('Continue to payment');
    await guest.sees('button', /^Pay /);
    expect(sent.filter((each) => each.includes('/orders'))).toEqual(['POST /api/orders']);
    // After a reload the same order waits, with its address.
    await guest.page.reload();
    await payWith(guest, cards.good);
    const orderId = await seesTickets(guest, 1);
    const documents = await (await guest.context.request.get(`/api/orders/${orderId}/documents`)).json();
    expect(documents.invoiceAddress).toMatchObject({
      name: 'Analytical Engines Ltd',
      country: 'GB',
      vatId: null,
    });
    // The team of this event is the seller of the test before.
    expect(documents.items.map(({ kind }: { kind: string }) => kind)).toEqual(['invoice']);
  },
);

/** The kinds of the listed documents, in their order. */
async function namesOf(person: Person): Promise<string[]> {
  const region = await person.sees('region', 'Receipts and invoices');
  const names = await region.locator('li p.font-semibold').allTextContents();
  return names.map((name) => name.replace(/ KH-\d+$/, ''));
}
