import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrderDocuments } from '../../../contract/documents.ts';
import type { InvoiceAddress } from '../../../contract/parties.ts';
import type { Client } from '../../testing/client.ts';
import { createWorld, type Organiser, type TestEvent, type World } from '../../testing/world.ts';
import { cards } from '../payments/testing/purchase.ts';
import { buy } from '../tickets/testing/buy.ts';
import { company, seller } from './testing/addresses.ts';

let world: World;
let house: Organiser;
beforeAll(async () => {
  world = await createWorld({ PLATFORM_LEGAL_NAME: 'Admit Platform SE', PLATFORM_VAT_ID: 'IE1234567X' });
  house = await world.organiser();
  const path = `/api/organisations/${house.organisationId}/seller-details`;
  expect((await house.client.put(path, seller, { 'if-match': '"1"' })).status).toBe(200);
});
afterAll(() => world.close());

const documentsOf = async (client: Client, orderId: string): Promise<OrderDocuments> => {
  const { status, body } = await client.get(`/api/orders/${orderId}/documents`);
  expect(status).toBe(200);
  return body;
};
const invoice = (client: Client, orderId: string, address: InvoiceAddress = company, key?: string) =>
  client.put(
    `/api/orders/${orderId}/invoice-address`,
    address,
    key === undefined ? {} : { 'idempotency-key': key },
  );
const numberOf = (text: string) => Number(/\d+$/.exec(text)?.[0]);
const vat = (ratePercent: number) => ({ name: 'VAT', ratePercent, included: true });
let buyers = 0;
const newBuyer = () => ({ name: 'Ada Osei', email: `buyer-${++buyers}@example.com` });

/** Tickets at two rates of tax, with fees. */
const twoRates = (organiser = house): Promise<TestEvent> =>
  world.event({
    organiser,
    fields: {
      bookingFee: { perTicketMinor: 119, perOrderMinor: 238, tax: { name: 'VAT', ratePercent: 19 } },
      pools: [{ key: 'floor', name: 'Floor', capacity: 100 }],
      ticketTypes: [
        { name: 'Concert', priceMinor: 1070, pools: ['floor'], tax: vat(7) },
        { name: 'Dinner', priceMinor: 1190, pools: ['floor'], tax: vat(19) },
      ],
      refundPolicy: { steps: [{ hoursBefore: 1, refundPercent: 100 }] },
    },
  });

async function placed(event: TestEvent, quantities: number[], extra: object = {}) {
  const person = await world.guest();
  const items = quantities.flatMap((quantity, i) =>
    quantity > 0 ? [{ ticketTypeId: event.ticketTypes[i]?.id, quantity }] : [],
  );
  const held = await person.client.post(`/api/events/${event.id}/holds`, { items });
  expect(held.status).toBe(201);
  const order = await person.client.post('/api/orders', {
    holdId: held.body.id,
    buyer: newBuyer(),
    ...extra,
  });
  expect(order.status).toBe(201);
  return {
    person,
    client: person.client,
    orderId: order.body.order.id as string,
    payment: order.body.payment,
  };
}

async function pay({ client, payment }: { client: Client; payment: { id: string; clientSecret: string } }) {
  const card = { clientSecret: payment.clientSecret, card: { number: cards.success } };
  expect((await client.post(`/api/sandbox/payments/${payment.id}/confirmation`, card)).status).toBe(200);
  await world.drain();
}

async function bought(event: TestEvent, quantities: number[], extra: object = {}) {
  const order = await placed(event, quantities, extra);
  await pay(order);
  const { tickets } = (await order.client.get(`/api/orders/${order.orderId}`)).body;
  return { ...order, tickets: tickets as { id: string; ticketTypeName: string }[] };
}

const contentOf = async (id: string | undefined) =>
  (
    await world.app.db.query<{ content: Record<string, unknown> }>(
      'select content from documents where id = $1',
      [id],
    )
  )[0]?.content;

describe('a paid order', () => {
  test('has a receipt with the taxes of each rate, and a free or unpaid order has none', async () => {
    const { client, orderId } = await bought(await twoRates(), [2, 1]);
    const { items, invoiceAddress } = await documentsOf(client, orderId);
    // Tickets 2 × 10.70 + 11.90, fees 3 × 1.19 + 2.38. Taxes 2 × 0.70 + 1.90 + 3 × 0.19 + 0.38.
    expect(items).toMatchObject([
      {
        kind: 'receipt',
        total: { amount: 3925, currency: 'EUR' },
        tax: { amount: 425 },
        corrects: null,
        reason: null,
      },
    ]);
    expect(items[0]?.number).toMatch(/^KH-\d{6}$/);
    expect(invoiceAddress).toBeNull();

    const unpaid = await placed(await twoRates(), [1, 0]);
    expect((await documentsOf(unpaid.client, unpaid.orderId)).items).toEqual([]);
    const free = await bought2free();
    expect((await documentsOf(free.client, free.orderId)).items).toEqual([]);
  });

  const bought2free = async () => {
    const person = await world.guest();
    const order = await buy(world, person, await world.event({ organiser: house, priceMinor: 0 }), {
      buyer: newBuyer(),
    });
    return { client: person.client, orderId: order.orderId };
  };

  test('shows its documents to the buyer, to managers and with the link of its mails, and to nobody else', async () => {
    const { client, orderId } = await bought(await twoRates(), [1, 0]);
    const path = `/api/orders/${orderId}/documents`;
    const [document] = (await documentsOf(client, orderId)).items;
    const pdf = `/api/documents/${document?.id}.pdf`;
    const [manager, door, stranger, elsewhere] = await Promise.all([
      world.member(house, 'manager'),
      world.member(house, 'door'),
      world.user(),
      world.organiser(),
    ]);
    const statusOf = async (who: { client: Client }) =>
      Promise.all([path, pdf].map(async (each) => (await who.client.get(each)).status));
    expect(await statusOf(manager)).toEqual([200, 200]);
    expect(await statusOf(house)).toEqual([200, 200]);
    for (const who of [stranger, elsewhere]) expect(await statusOf(who)).toEqual([404, 404]);
    expect(await statusOf(door)).toEqual([403, 403]);
    // A manager reads documents, and only the buyer says whom they name.
    expect((await invoice(manager.client, orderId)).status).toBe(404);

    const opener = await world.guest();
    const order = await world.app.db.query<{ link_version: number }>(
      'select link_version from orders where id = $1',
      [orderId],
    );
    const secret = world.app.orderLinks.secretOf({
      id: orderId as never,
      linkVersion: order[0]?.link_version ?? 0,
    });
    expect((await opener.client.post(`/api/orders/${orderId}/openings`, { secret })).status).toBe(200);
    expect(await statusOf(opener)).toEqual([200, 200]);
    expect((await invoice(opener.client, orderId)).status).toBe(200);
  });

  test('gets a receipt that is missing as soon as somebody asks for it', async () => {
    const { client, orderId } = await bought(await twoRates(), [1, 0]);
    const [issued] = (await documentsOf(client, orderId)).items;
    await world.app.db.transaction(async (trx) => {
      await trx.query(`select set_config('admit.retention', 'on', true)`);
      await trx.run('delete from documents where id = $1', [issued?.id]);
    });
    const { items } = await documentsOf(client, orderId);
    expect(items).toMatchObject([{ kind: 'receipt', total: issued?.total }]);
    expect((await documentsOf(client, orderId)).items).toEqual(items);
  });
});

describe('an invoice', () => {
  test('is issued at once for an address that came with the order or before the payment', async () => {
    const event = await twoRates();
    const withOrder = await bought(event, [1, 0], {
      invoiceAddress: { ...company, vatId: 'gb 123.456-789' },
    });
    const first = await documentsOf(withOrder.client, withOrder.orderId);
    expect(first).toMatchObject({
      items: [{ kind: 'invoice' }],
      invoiceAddress: company,
      correctionsLeft: 5,
    });
    expect(await contentOf(first.items[0]?.id)).toMatchObject({
      buyer: { name: company.name, vatId: 'GB123456789', reference: 'PO 4711', address: { city: 'London' } },
      seller: { name: seller.legalName, vatId: seller.vatId, address: { city: 'Berlin' } },
      platform: { name: 'Admit Platform SE', vatId: 'IE1234567X' },
    });

    const exported = await withOrder.client.get('/api/me/export');
    expect(exported.body.documents).toMatchObject([
      { id: first.items[0]?.id, buyer: { name: company.name, address: { city: 'London' } } },
    ]);

    const before = await placed(event, [1, 0]);
    expect((await invoice(before.client, before.orderId)).body).toMatchObject({
      items: [],
      invoiceAddress: company,
    });
    const corrected = { ...company, name: 'Babbage & Co' };
    expect((await invoice(before.client, before.orderId, corrected)).body.correctionsLeft).toBe(5);
    await pay(before);
    const { items } = await documentsOf(before.client, before.orderId);
    expect(items).toMatchObject([{ kind: 'invoice', corrects: null }]);
    expect(await contentOf(items[0]?.id)).toMatchObject({ buyer: { name: 'Babbage & Co' } });
  });

  test('that was issued is taken back by a credit note and replaced, and the same address changes nothing', async () => {
    const order = await bought(await twoRates(), [2, 1]);
    const [receipt] = (await documentsOf(order.client, order.orderId)).items;
    const answer = await invoice(order.client, order.orderId, company, 'invoice-1');
    expect(answer).toMatchObject({
      status: 200,
      body: {
        items: [
          receipt,
          {
            kind: 'credit_note',
            corrects: receipt?.id,
            reason: 'correction',
            total: receipt?.total,
            tax: receipt?.tax,
          },
          { kind: 'invoice', corrects: null, total: receipt?.total, tax: receipt?.tax },
        ],
        correctionsLeft: 4,
      },
    });
    const numbers = answer.body.items.map(({ number }: { number: string }) => numberOf(number));
    expect(numbers).toEqual([numbers[0], numbers[0] + 1, numbers[0] + 2]);
    const again = await Promise.all([
      invoice(order.client, order.orderId, company, 'invoice-1'),
      invoice(order.client, order.orderId, company, 'invoice-1'),
      invoice(order.client, order.orderId, company, 'invoice-2'),
      invoice(order.client, order.orderId),
    ]);
    for (const { status, body } of again) expect([status, body]).toEqual([200, answer.body]);

    const other = { ...company, city: 'Leeds' };
    await Promise.all([1, 2, 3].map(() => invoice(order.client, order.orderId, other)));
    expect((await documentsOf(order.client, order.orderId)).items).toHaveLength(5);
  });

  test('names what the order still costs, and can be corrected five times', async () => {
    const order = await bought(await twoRates(), [2, 1]);
    const dinner = order.tickets.find(({ ticketTypeName }) => ticketTypeName === 'Dinner');
    await order.client.post(`/api/orders/${order.orderId}/cancellation`, { tickets: [dinner?.id] });
    const { body } = await invoice(order.client, order.orderId);
    expect(body.items).toMatchObject([
      { kind: 'receipt', total: { amount: 3925 } },
      { kind: 'credit_note', reason: 'refund', total: { amount: 1309 } },
      { kind: 'credit_note', reason: 'correction', total: { amount: 2616 } },
      { kind: 'invoice', total: { amount: 2616 } },
    ]);
    for (const city of ['A', 'B', 'C', 'D'])
      expect((await invoice(order.client, order.orderId, { ...company, city })).status).toBe(200);
    const sixth = await invoice(order.client, order.orderId, { ...company, city: 'E' });
    expect(sixth).toMatchObject({ status: 409, body: { code: 'too_many_corrections', limit: 5 } });
    const { items, invoiceAddress, correctionsLeft } = await documentsOf(order.client, order.orderId);
    expect([items.length, invoiceAddress?.city, correctionsLeft]).toEqual([12, 'D', 0]);
  });

  test('is refused for an order that costs nothing', async () => {
    const event = await twoRates();
    const cancelled = await bought(event, [1, 0]);
    await cancelled.client.post(`/api/orders/${cancelled.orderId}/cancellation`);
    const dropped = await placed(event, [1, 0]);
    await dropped.client.post(`/api/orders/${dropped.orderId}/cancellation`);
    for (const { client, orderId } of [cancelled, dropped])
      expect((await invoice(client, orderId)).body.code).toBe('nothing_to_invoice');
    const { client, orderId } = cancelled;
    const wrong = [{ country: 'Germany' }, { vatId: '!' }, { name: '' }, { city: 'A\nB' }, { extra: 1 }];
    for (const fields of wrong)
      expect((await invoice(client, orderId, { ...company, ...fields } as InvoiceAddress)).status).toBe(400);
  });

  test('is a receipt while the organisation has no legal address, and an invoice as soon as it has one', async () => {
    const bare = await world.organiser();
    const order = await bought(await twoRates(bare), [1, 0], { invoiceAddress: company });
    const first = await documentsOf(order.client, order.orderId);
    expect(first.items).toMatchObject([{ kind: 'receipt', number: '000001' }]);
    const path = `/api/organisations/${bare.organisationId}/seller-details`;
    expect((await bare.client.get(path)).body).toEqual({ seller: null, version: 1 });
    const typed = { ...seller, vatId: ' de 987 654 321 ', numberPrefix: ' zz- ' };
    const seen = { 'if-match': '"1"' };
    expect((await bare.client.put(path, typed, seen)).body).toEqual({
      seller: { ...seller, numberPrefix: 'ZZ-' },
      version: 2,
    });
    const { body } = await invoice(order.client, order.orderId);
    expect(
      body.items.map(({ number, kind }: { number: string; kind: string }) => `${kind} ${number}`),
    ).toEqual(['receipt 000001', 'credit_note ZZ-000002', 'invoice ZZ-000003']);
  });
});

describe('a refund', () => {
  test('has a credit note with the taxes of what went back; all of them together take back the receipt', async () => {
    const order = await bought(await twoRates(), [2, 1]);
    const [concert, second, dinner] = order.tickets;
    const cancel = (ids: (string | undefined)[]) =>
      order.client.post(`/api/orders/${order.orderId}/cancellation`, { tickets: ids });
    expect((await cancel([dinner?.id])).status).toBe(200);
    await world.drain();
    expect((await cancel([concert?.id, second?.id])).status).toBe(200);
    // Whoever asks before the job of the refund gets the credit note at once.
    const { items } = await documentsOf(order.client, order.orderId);
    const receipt = items[0]?.id;
    expect(items).toMatchObject([
      { kind: 'receipt', total: { amount: 3925 }, tax: { amount: 425 } },
      // 11.90 with 1.90 and the fee of 1.19 with 0.19.
      {
        kind: 'credit_note',
        total: { amount: 1309 },
        tax: { amount: 209 },
        corrects: receipt,
        reason: 'refund',
      },
      {
        kind: 'credit_note',
        total: { amount: 2616 },
        tax: { amount: 216 },
        corrects: receipt,
        reason: 'refund',
      },
    ]);
    expect(await contentOf(items[1]?.id)).toMatchObject({
      lines: [
        { sells: 'ticket', name: 'Dinner', quantity: 1, netMinor: 1000, taxMinor: 190 },
        { sells: 'ticketFee', netMinor: 100, taxMinor: 19 },
      ],
    });
    await world.drain();
    expect((await documentsOf(order.client, order.orderId)).items).toEqual(items);
  });
});

test('the mail with the tickets says where the receipt is, and the mail about a refund where the credit note is', async () => {
  const order = await bought(await twoRates(), [1, 0]);
  const { buyer } = (await order.client.get(`/api/orders/${order.orderId}`)).body;
  await order.client.post(`/api/orders/${order.orderId}/cancellation`);
  await world.drain();
  const box = await world.client().get(`/api/mailbox?to=${encodeURIComponent(buyer.email)}`);
  const texts: string[] = await Promise.all(
    box.body.items.map(
      async ({ id }: { id: string }) => (await world.client().get(`/api/mailbox/${id}`)).body.text,
    ),
  );
  const withText = (text: string) => texts.filter((each) => each.includes(text)).length;
  expect(texts).toHaveLength(3);
  expect(withText('Your receipt is on the page of your order.')).toBe(1);
  expect(withText('Credit note')).toBe(2);
});
