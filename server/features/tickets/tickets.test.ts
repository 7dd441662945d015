import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBase32 } from '../../../contract/base32.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { type Bought, buy } from './testing/buy.ts';
import { readPdfText, readQrCodes } from './testing/read-pdf.ts';

let world: World;
let buyer: Person;
let stranger: Person;
let concert: TestEvent;
let theatre: TestEvent;
let standing: Bought;
let seated: Bought;

beforeAll(async () => {
  world = await createWorld();
  buyer = await world.guest();
  stranger = await world.user();
  concert = await world.event({
    fields: { title: 'Midnight Current', doorsAt: '2099-01-01T20:30:00Z', ...winterNight },
  });
  theatre = await world.event({
    seats: [{ zone: 'premium', rows: 3, perRow: 6, priceMinor: 8500 }],
    fields: winterNight,
  });
  standing = await buy(world, buyer, concert, {
    quantity: 3,
    attendees: ['Ada Osei', 'Zoë Łukasiewicz', '佐藤 花子'],
  });
  seated = await buy(world, buyer, theatre, { quantity: 2 });
});
afterAll(() => world.close());

const winterNight = { startsAt: '2099-01-01T21:30:00Z', endsAt: '2099-01-02T03:00:00Z' };

describe('a ticket', () => {
  test('is issued one per place, with its attendee and a code that the published key verifies', async () => {
    const [first] = standing.tickets;
    const { body } = await buyer.client.get(`/api/tickets/${first?.id}`);
    expect(body).toMatchObject({
      orderId: standing.orderId,
      orderNumber: standing.number,
      status: 'valid',
      ticketTypeName: 'Regular',
      place: null,
      attendeeName: 'Ada Osei',
      usedAt: null,
      event: {
        id: concert.id,
        title: 'Midnight Current',
        timeZone: 'Europe/Berlin',
        doorsAt: '2099-01-01T20:30:00.000Z',
      },
    });
    expect(new Set(standing.tickets.map((ticket) => ticket.code)).size).toBe(3);

    const { body: published } = await world.client().get('/api/ticket-keys');
    const bytes = Buffer.from(fromBase32(body.code.slice(7)) ?? []);
    const key = published.keys.find(({ id }: { id: number }) => id === bytes.readUInt16BE(0));
    const publicKey = createPublicKey({
      format: 'jwk',
      key: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey },
    });
    const message = Buffer.concat([Buffer.from('ADMIT1.'), bytes.subarray(0, 36)]);
    expect(verify(null, message, publicKey, bytes.subarray(36))).toBe(true);
  });

  test('names its seat, and no two name the same', async () => {
    const places = await Promise.all(
      seated.tickets.map(async ({ id }) => (await buyer.client.get(`/api/tickets/${id}`)).body.place),
    );
    expect(places).toHaveLength(2);
    for (const place of places)
      expect(place).toEqual({ section: 'Stalls', row: 'A', seat: expect.stringMatching(/^\d$/) });
    expect(places[0].seat).not.toBe(places[1].seat);
  });

  test("does not exist for anybody but its order's buyer", async () => {
    const [ticket] = standing.tickets;
    const paths = [
      `/api/tickets/${ticket?.id}`,
      `/api/tickets/${ticket?.id}/qr.svg`,
      `/api/tickets/${ticket?.id}/ticket.pdf`,
      `/api/orders/${standing.orderId}/tickets.pdf`,
      `/api/orders/${standing.orderId}/event.ics`,
    ];
    for (const path of paths) {
      expect((await buyer.client.get(path)).status, path).toBe(200);
      for (const other of [stranger, concert.organiser]) {
        const answer = await other.client.get(path);
        expect([answer.status, answer.body.code], path).toEqual([404, 'not_found']);
      }
      expect((await world.client().get(path)).status, path).toBe(401);
    }
    const unknown = await buyer.client.get('/api/tickets/tkt_01K9ZC4V7R8W3T5XN2M6QHJDEF');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not_found']);
  });

  test('can not be issued twice for one place', async () => {
    const [row] = await world.app.db.query<{ total: number }>(
      'select count(*) as total from tickets where order_id = $1',
      [standing.orderId],
    );
    expect(row?.total).toBe(3);
    const again = world.app.db.run(
      `insert into tickets (id, event_id, order_id, ticket_type_id, position, issued_at, ticket_type_name, net_minor,
         tax_minor, fee_minor)
       select 'tkt_01K9ZC4V7R8W3T5XN2M6QHJDEF', event_id, order_id, ticket_type_id, position, issued_at,
         ticket_type_name, net_minor, tax_minor, fee_minor
       from tickets where order_id = $1 and position = 0`,
      [standing.orderId],
    );
    await expect(again).rejects.toMatchObject({ constraint: 'tickets_of_order' });
  });

  test('can not be cancelled without saying when', async () => {
    const { orderId } = standing;
    const cancelled = world.app.db.run(`update tickets set status = 'cancelled' where order_id = $1`, [
      orderId,
    ]);
    await expect(cancelled).rejects.toMatchObject({ constraint: 'tickets_cancelled_when' });
  });
});

describe('the documents', () => {
  test('the SVG is a titled picture that carries nothing but shapes', async () => {
    const { headers, body } = await buyer.client.get(`/api/tickets/${standing.tickets[0]?.id}/qr.svg`);
    expect(headers.get('content-type')).toMatch('image/svg+xml');
    expect(headers.get('content-security-policy')).toMatch("default-src 'none'");
    expect(body).toMatch(`<title id="t">Ticket ${standing.number}-1 for Midnight Current</title>`);
    expect(body).toMatch(/^<svg [^>]*viewBox="0 0 53 53"/);
    expect(body.match(/<\w+/g)).toEqual(['<svg', '<title', '<path', '<path']);
  });

  test('the PDF has a page per ticket, whose QR code a decoder of another make reads from the rendered page', async () => {
    const { headers, bytes } = await buyer.client.get(`/api/orders/${standing.orderId}/tickets.pdf`);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(readQrCodes(bytes)).toEqual(standing.tickets.map((ticket) => ticket.code));

    const text = readPdfText(bytes);
    for (const part of [
      'Midnight Current',
      'Thursday, 1 January 2099',
      '22:30 – 04:00',
      '21:30',
      'Kesselhaus',
      'Berlin',
    ]) {
      expect(text).toContain(part);
    }
    for (const part of ['Zoë Łukasiewicz', '佐藤', 'Ticket 3 of 3', '€25.00', standing.number])
      expect(text).toContain(part);
  });

  test('one ticket is one page, and says which of the order it is', async () => {
    const [, second] = seated.tickets;
    const { bytes, headers } = await buyer.client.get(`/api/tickets/${second?.id}/ticket.pdf`);
    expect(readQrCodes(bytes)).toEqual([second?.code]);
    expect(headers.get('content-disposition')).toBe(
      `inline; filename="ticket-${seated.number}-2.pdf"; filename*=UTF-8''ticket-${seated.number}-2.pdf`,
    );
    const text = readPdfText(bytes);
    expect(text).toContain('Ticket 2 of 2');
    expect(text).toMatch(/SECTION\s+ROW\s+SEAT/);
    expect(text).toMatch(/Stalls\s+A\s+\d/);
  });

  test('what is printed and what goes into the calendar is in the language of the order', async () => {
    const german = await buy(world, buyer, concert, { languages: 'de-CH' });
    const { bytes } = await buyer.client.get(`/api/orders/${german.orderId}/tickets.pdf`);
    const text = readPdfText(bytes);
    for (const part of ['Ticket 1 von 1', 'Donnerstag, 1. Januar 2099', 'GEBUCHT VON', '25,00 €'])
      expect(text).toContain(part);
    const { body } = await buyer.client.get(`/api/orders/${german.orderId}/event.ics`);
    expect(body.replaceAll('\r\n ', '')).toContain(
      `Einlass um 21:30 MEZ.\\nBestellung ${german.number}. Deine Tickets: ${world.url}/orders/`,
    );

    const arabic = await buy(world, buyer, concert, { languages: 'ar' });
    const mirrored = await buyer.client.get(`/api/orders/${arabic.orderId}/tickets.pdf`);
    expect(readQrCodes(mirrored.bytes)).toEqual(arabic.tickets.map((ticket) => ticket.code));
    expect(readPdfText(mirrored.bytes)).not.toContain('Ticket');
  });

  test('the calendar entry is in UTC and keeps its identity', async () => {
    const path = `/api/orders/${standing.orderId}/event.ics`;
    const { headers, body } = await buyer.client.get(path);
    expect(headers.get('content-type')).toMatch('text/calendar');
    const unfolded = body.replaceAll('\r\n ', '');
    expect(unfolded).toMatch(`UID:${standing.orderId}@`);
    expect(unfolded).toContain('DTSTART:20990101T213000Z\r\nDTEND:20990102T030000Z');
    expect(unfolded).toContain('SUMMARY:Midnight Current');
    expect(unfolded).toContain('Doors open at 21:30 CET.');
    expect(unfolded).not.toContain('VALARM');
    expect((await buyer.client.get(path)).body).toBe(body);
  });
});

test('a cancelled ticket has no code, no QR and no PDF', async () => {
  const order = await buy(world, buyer, concert, { quantity: 2 });
  const cancelled = await buyer.client.post(`/api/orders/${order.orderId}/cancellation`);
  expect(cancelled.status).toBe(200);
  const [ticket] = order.tickets;
  const { body } = await buyer.client.get(`/api/tickets/${ticket?.id}`);
  expect([body.status, body.code]).toEqual(['cancelled', null]);
  for (const path of [
    `tickets/${ticket?.id}/qr.svg`,
    `tickets/${ticket?.id}/ticket.pdf`,
    `orders/${order.orderId}/tickets.pdf`,
  ]) {
    const answer = await buyer.client.get(`/api/${path}`);
    expect([answer.status, answer.body.code], path).toEqual([409, 'ticket_not_admissible']);
  }
});
