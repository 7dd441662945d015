import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportColumns, exportTables } from '../../../contract/exports.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { ask, question } from '../questions/testing/ask.ts';
import { type Bought, buy } from '../tickets/testing/buy.ts';
import { csvRows, parseCsv, xlsxRows } from './testing/parsers.ts';

const nasty = '=HYPERLINK("https://evil.example";"Zoë, Ångström")';
const buyerName = 'Ada "The Hat" Osei, جدة';
const eur = (amount: number) => ({ amount, currency: 'EUR' });

let world: World;
let event: TestEvent;
let buyer: Person;
let seated: Bought;
let door: Person;
beforeAll(async () => {
  world = await createWorld();
  const organiser = await world.organiser();
  event = await world.event({
    organiser,
    seats: [{ zone: 'gold', rows: 2, perRow: 10 }],
    tax: { name: 'VAT', ratePercent: 7, included: true },
    fields: { timeZone: 'Asia/Kathmandu', maxPerBuyer: 10 },
  });
  buyer = await world.guest();
  seated = await buy(world, buyer, event, {
    quantity: 2,
    attendees: [nasty, 'Grace Hopper'],
    buyer: { name: buyerName, email: 'ada@example.com' },
  });
  door = await world.member(organiser, 'door');
  world.clock.advance(60_000);
  const [ticket] = seated.tickets;
  await door.client.post(`/api/events/${event.id}/check-ins`, {
    code: ticket?.code,
    nonce: 'exported-scan',
    gate: '+North',
  });
  // A question that was answered and is not asked any more.
  await ask(event, [question('diet')]);
  await buyer.client.put(`/api/tickets/${ticket?.id}/answers`, { answers: { diet: 'Vegan' } });
  await ask(event, []);
  await organiser.client.post(`/api/orders/${seated.orderId}/refunds`, {
    reason: 'The band is ill',
    tickets: [seated.tickets[1]?.id],
  });
  // An order that nobody paid is in no file.
  const item = { bestAvailable: { ticketTypeId: event.ticketTypeId, quantity: 1 } };
  const held = await buyer.client.post(`/api/events/${event.id}/holds`, item);
  await buyer.client.post('/api/orders', {
    holdId: held.body.id,
    buyer: { name: 'Never Paid', email: 'never@example.com' },
  });
  await world.drain();
});
afterAll(() => world.close());

const download = (file: string, by = event.organiser as Person, at = event) =>
  by.client.get(`/api/events/${at.id}/exports/${file}`);

test('every table has its columns in each format, and the same rows', async () => {
  // This event sells no extras; they have a test of their own below.
  for (const table of exportTables.filter((each) => each !== 'extras')) {
    const names = Object.keys(exportColumns[table]);
    const [csv, xlsx, json] = [
      await download(`${table}.csv`),
      await download(`${table}.xlsx`),
      await download(`${table}.json`),
    ];
    expect([csv.status, xlsx.status, json.status]).toEqual([200, 200, 200]);
    expect(parseCsv(csv.bytes)[0]).toEqual(names);
    const [fromCsv, fromXlsx] = [csvRows(csv.bytes), xlsxRows(xlsx.bytes)];
    expect(json.body.length).toBeGreaterThan(0);
    expect([fromCsv.length, fromXlsx.length]).toEqual([json.body.length, json.body.length]);
    for (const [i, row] of json.body.entries()) {
      expect(Object.keys(row)).toEqual(names);
      expect(Object.keys(fromXlsx[i] as object)).toEqual(names);
      const first = names[0] as string;
      expect([fromCsv[i]?.[first], fromXlsx[i]?.[first]]).toEqual([row[first], row[first]]);
    }
  }
});

describe('attendees', () => {
  test('JSON has amounts and times as the API has them', async () => {
    const { body } = await download('attendees.json');
    const shown = (await buyer.client.get(`/api/orders/${seated.orderId}`)).body;
    expect(body).toEqual([
      {
        ticket_id: seated.tickets[0]?.id,
        order_number: seated.number,
        status: 'used',
        ticket_type: shown.tickets[0].ticketTypeName,
        section: shown.tickets[0].place.section,
        row: shown.tickets[0].place.row,
        seat: shown.tickets[0].place.seat,
        attendee_name: nasty,
        transferred: false,
        buyer_name: buyerName,
        buyer_email: 'ada@example.com',
        price: shown.tickets[0].price,
        refunded: eur(0),
        currency: 'EUR',
        bought_at: shown.confirmedAt,
        checked_in_at: world.clock.now().toISOString(),
        origin: 'online',
      },
      expect.objectContaining({
        status: 'cancelled',
        attendee_name: 'Grace Hopper',
        refunded: shown.tickets[1].price,
        checked_in_at: null,
      }),
    ]);
  });

  test('CSV has decimals, local times with their offset, and no text that a spreadsheet would run', async () => {
    const { bytes, headers } = await download('attendees.csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('content-disposition')).toContain(`filename="${event.slug} attendees.csv"`);
    expect(headers.get('cache-control')).toBe('no-store');
    const [row] = csvRows(bytes);
    const wall = new Date(world.clock.now().getTime() + (5 * 60 + 45) * 60_000).toISOString().slice(0, 19);
    expect(row).toMatchObject({
      attendee_name: `'${nasty}`,
      buyer_name: buyerName,
      price: '25.00',
      transferred: 'no',
      checked_in_at: `${wall}+05:45`,
    });
    expect(bytes.toString()).not.toMatch(/[^\r]\n/);
  });

  test('XLSX has numbers as numbers, times as dates, and texts as they are', async () => {
    const { bytes } = await download('attendees.xlsx');
    const [row] = xlsxRows(bytes);
    expect(row).toMatchObject({
      attendee_name: nasty,
      buyer_name: buyerName,
      price: 25,
      transferred: false,
    });
    // A workbook has times as fractions of days, which are not exact to the millisecond.
    const wallMs = world.clock.now().getTime() + (5 * 60 + 45) * 60_000;
    expect(Math.abs(Number(row?.checked_in_at) - wallMs)).toBeLessThan(10);
  });

  test('a byte order mark comes only on wish', async () => {
    const mark = '\uFEFF';
    expect((await download('attendees.csv')).bytes.toString().startsWith(mark)).toBe(false);
    expect((await download('attendees.csv?bom=yes')).bytes.toString().startsWith(mark)).toBe(true);
    expect((await download('attendees.csv?bom=perhaps')).status).toBe(400);
  });
});

test('orders: the parts of the price add up, and only what was bought is there', async () => {
  const { body } = await download('orders.json');
  const shown = (await buyer.client.get(`/api/orders/${seated.orderId}`)).body;
  expect(body).toEqual([
    expect.objectContaining({
      order_id: seated.orderId,
      order_number: seated.number,
      status: 'confirmed',
      tickets: 1,
      total: shown.total,
      net: shown.parts.net,
      tax: shown.parts.tax,
      refunded: shown.refunded,
      disputed: eur(0),
    }),
  ]);
  const [row] = body;
  expect(row.tax.amount).toBeGreaterThan(0);
  expect(row.net.amount + row.tax.amount + row.fee.amount).toBe(row.total.amount);
});

test('payments: what came and what went back is what the ledger has', async () => {
  const { body } = await download('payments.json');
  expect(body.map((row: Record<string, unknown>) => [row.kind, row.order_number, row.status])).toEqual([
    ['payment', seated.number, 'succeeded'],
    ['refund', seated.number, 'succeeded'],
  ]);
  const [ledger] = await world.app.db.query<{ minor: number }>(
    `select coalesce(sum(case when debit like 'provider:%' then amount_minor when credit like 'provider:%' then -amount_minor
       else 0 end), 0)::bigint as minor from transfers where event_id = $1`,
    [event.id],
  );
  const sum = body.reduce(
    (total: number, row: { amount: { amount: number } }) => total + row.amount.amount,
    0,
  );
  expect(sum).toBe(ledger?.minor);
  const [, refund] = csvRows((await download('payments.csv')).bytes);
  expect(refund?.amount).toBe('-25.00');
});

test('tax: sales and refunds by rate are those of the documents and of the books', async () => {
  const { body } = await download('tax.json');
  const path = `/api/orders/${seated.orderId}/documents`;
  const documents = (await event.organiser.client.get(path)).body.items;
  const row = { order_number: seated.number, sold_by: 'organiser', tax_name: 'VAT', tax_percent: 7 };
  const sums = (i: number, sign: number) => ({
    document_number: documents[i].number,
    tax: eur(sign * documents[i].tax.amount),
    gross: eur(sign * documents[i].total.amount),
  });
  expect(body).toEqual([
    expect.objectContaining({ ...row, kind: 'sale', ...sums(0, 1) }),
    expect.objectContaining({ ...row, kind: 'refund', ...sums(1, -1) }),
  ]);
  const [books] = await world.app.db.query<{ minor: number }>(
    `select sum(case when credit like 'tax:org%' then amount_minor else -amount_minor end)::bigint as minor
     from transfers where event_id = $1 and 'tax' in (split_part(debit, ':', 1), split_part(credit, ':', 1))`,
    [event.id],
  );
  expect(body[0].tax.amount + body[1].tax.amount).toBe(books?.minor);
  expect(body[0].net.amount + body[0].tax.amount).toBe(body[0].gross.amount);
  expect(csvRows((await download('tax.csv')).bytes)[1]?.gross).toBe('-25.00');
});

test('check-ins: who was admitted, where and by whom', async () => {
  const { body } = await download('check-ins.json');
  expect(body).toEqual([
    expect.objectContaining({
      ticket_id: seated.tickets[0]?.id,
      order_number: seated.number,
      attendee_name: nasty,
      gate: '+North',
      scanned_by: (await door.client.get('/api/me')).body.name,
      scanned_at: world.clock.now().toISOString(),
    }),
  ]);
  expect(csvRows((await download('check-ins.csv')).bytes)[0]?.gate).toBe("'+North");
});

test('an event without orders is a file with the names of the columns', async () => {
  const empty = await world.event({ organiser: event.organiser });
  const of = (file: string) => download(file, event.organiser, empty);
  expect(parseCsv((await of('orders.csv')).bytes)).toEqual([Object.keys(exportColumns.orders)]);
  expect((await of('orders.json')).body).toEqual([]);
  expect(xlsxRows((await of('orders.xlsx')).bytes)).toEqual([]);
});

test('HEAD reads no rows and leaves no export running', async () => {
  for (let i = 0; i < 4; i++)
    expect(
      (await event.organiser.client.send('HEAD', `/api/events/${event.id}/exports/orders.csv`)).status,
    ).toBe(200);
  expect((await download('orders.csv')).status).toBe(200);
});

test('what is no table or no format does not exist', async () => {
  for (const file of ['questions.csv', 'orders.pdf', 'orders', 'orders.csv.exe', '__proto__.csv'])
    expect((await download(file)).status).toBeGreaterThanOrEqual(400);
});

test('extras have a file of their own, and attendees and numbers of tickets leave them out', async () => {
  const shop = await world.event({
    organiser: event.organiser,
    priceMinor: 0,
    fields: { products: [{ name: 'Cap', variants: [{ name: 'Red', priceMinor: 0, stock: 9 }] }] },
  });
  const { body } = await world.client().get(`/api/events/${shop.id}`);
  const guest = await world.guest();
  const items = [shop.ticketTypeId, body.products[0].variants[0].id];
  const held = await guest.client.post(`/api/events/${shop.id}/holds`, {
    items: items.map((ticketTypeId, i) => ({ ticketTypeId, quantity: i + 1 })),
  });
  await guest.client.post('/api/orders', {
    holdId: held.body.id,
    buyer: { name: nasty, email: 'cap@example.com' },
  });
  await world.drain();
  const of = async (table: string) => {
    const [csv, json] = [
      await download(`${table}.csv`, event.organiser, shop),
      await download(`${table}.json`, event.organiser, shop),
    ];
    expect(csvRows(csv.bytes)).toHaveLength(json.body.length);
    return { rows: csvRows(csv.bytes), names: parseCsv(csv.bytes)[0] };
  };
  const extras = await of('extras');
  expect(extras.names).toEqual(Object.keys(exportColumns.extras));
  expect(extras.rows).toMatchObject([
    { extra: 'Cap, Red', collect: 'door', status: 'valid', buyer_name: `'${nasty}`, handed_out_at: '' },
    { extra: 'Cap, Red' },
  ]);
  expect((await of('attendees')).rows).toMatchObject([{ ticket_type: 'Regular' }]);
  expect((await of('orders')).rows).toMatchObject([{ tickets: '1' }]);
});
