import { afterAll, beforeAll, expect, test } from 'vitest';
import { languages } from '../../../contract/languages.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { type Bought, buy } from '../tickets/testing/buy.ts';
import { readPdfText } from '../tickets/testing/read-pdf.ts';

let world: World;
let event: TestEvent;
let bought: Bought;
beforeAll(async () => {
  world = await createWorld();
  event = await world.event({
    organiser: await world.organiser(),
    priceMinor: 2500,
    tax: { name: 'VAT', ratePercent: 19, included: true },
    fields: {
      timeZone: 'Asia/Kathmandu',
      bookingFee: { perTicketMinor: 99, perTicketPercent: 0, perOrderMinor: 100 },
    },
  });
  bought = await buy(world, await world.guest(), event, { quantity: 2 });
  // Another day in Kathmandu, and the same one in Europe.
  world.clock.advance(86_400_000);
  const sold = await event.organiser.client.post(`/api/events/${event.id}/door-sales`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
    payment: { method: 'cash', amount: { amount: 2699, currency: 'EUR' } },
  });
  expect(sold.status, JSON.stringify(sold.body)).toBe(201);
  await event.organiser.client.post(`/api/orders/${bought.orderId}/refunds`, {
    reason: 'Ill',
    tickets: [bought.tickets[0]?.id],
  });
  await world.drain();
});
afterAll(() => world.close());

const dayInKathmandu = (ms: number): string => new Date(ms + 5.75 * 3_600_000).toISOString().slice(0, 10);

async function textOf(query = ''): Promise<string> {
  const answer = await event.organiser.client.get(`/api/events/${event.id}/settlement.pdf${query}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  return readPdfText(answer.bytes)
    .replaceAll(/[\p{Cf}\f]/gu, '')
    .replaceAll(/\s+/g, ' ');
}

test('the settlement has sales, refunds, door cash, fees, days and what is owed', async () => {
  const text = await textOf();
  const soldOn = dayInKathmandu(world.clock.now().getTime() - 86_400_000);
  for (const wanted of [
    'Settlement',
    // Two tickets online and one at the door; the fee of two orders.
    'VAT 19% 3 €63.03 €11.97 €75.00',
    'no tax 3 €2.97 €0.00 €2.97',
    'no tax 2 €2.00 €0.00 €2.00',
    'VAT 19% €21.01 €3.99 €25.00',
    'the payment provider €52.98 €25.99 €26.99',
    '€26.99 €0.00 €26.99',
    `${soldOn} €52.98 €0.00 €0.00 -€2.98 €50.00`,
    'Sales €79.97',
    'Refunds -€25.99',
    'Booking fees -€3.98',
    'Earned €50.00',
    'In the organiser’s till -€26.99',
    'Owed to the organiser €23.01',
  ])
    expect(text).toContain(wanted);
  expect(text).not.toContain(bought.number);
});

test('a settlement of one day has that day in the zone of the event alone', async () => {
  const day = dayInKathmandu(world.clock.now().getTime());
  const text = await textOf(`?from=${day}&to=${day}`);
  for (const wanted of [
    `${day} €26.99 -€25.99`,
    'Sales €26.99',
    'Earned €0.00',
    'Owed to the organiser -€26.99',
  ])
    expect(text).toContain(wanted);
  expect(await textOf('?to=2001-01-01')).toContain('Owed to the organiser €0.00');
});

test('each language has its own words', async () => {
  const texts: string[] = [];
  for (const language of Object.keys(languages)) texts.push(await textOf(`?language=${language}`));
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts[1]).toContain('Dem Veranstalter');
});

test('what is no day is refused, and so are those who may not see the books', async () => {
  const at = `/api/events/${event.id}/settlement.pdf`;
  expect((await event.organiser.client.get(`${at}?from=2026-02-31`)).status).toBe(400);
  const support = await world.member(event.organiser, 'support');
  expect((await support.client.get(at)).status).toBe(403);
  const stranger = await world.organiser();
  expect((await stranger.client.get(at)).status).toBe(404);
});
