import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { readPdfText } from '../tickets/testing/read-pdf.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** Edits an event as its organiser. */
async function edit(event: TestEvent, patch: Record<string, unknown>): Promise<void> {
  const { client } = event.organiser;
  const { body } = await client.get(`/api/events/${event.id}/management`);
  const answer = await client.patch(`/api/events/${event.id}`, patch, { 'if-match': `"${body.version}"` });
  expect([answer.status, answer.body.code]).toEqual([200, undefined]);
}

const read = async (person: Person, path: string) => {
  const { status, body } = await person.client.get(path);
  expect(status).toBe(200);
  return body;
};

const pdfText = async (person: Person, path: string): Promise<string> => {
  const { status, bytes } = await person.client.get(path);
  expect(status).toBe(200);
  // Without the codes of ticket and order, which are random and may look like a price.
  return readPdfText(bytes)
    .replaceAll(/\b(tkt_)?[0-9A-Z]{8,}\b/g, '')
    .replaceAll(/\s+/g, ' ');
};

/** The newest mail to an address about a refund, as text. */
async function refundMailTo(address: string): Promise<string> {
  const { body } = await world.client().get(`/api/mailbox?to=${encodeURIComponent(address)}`);
  const mail = body.items.find(({ subject }: { subject: string }) => /refund|cancelled/i.test(subject));
  return (await world.client().get(`/api/mailbox/${mail.id}`)).body.text;
}

/** A start, and an end four hours later. */
const during = (start: Date) => ({
  startsAt: start.toISOString(),
  endsAt: new Date(start.getTime() + hours(4)).toISOString(),
});

const eur = (amount: number) => ({ amount, currency: 'EUR' });

describe('an order after its event was edited', () => {
  const email = 'ada.frozen@example.com';
  let ada: Person;
  let event: TestEvent;
  let bought: Awaited<ReturnType<typeof buy>>;
  let sold: Record<string, unknown>;
  let start: Date;

  beforeAll(async () => {
    start = new Date(world.clock.now().getTime() + days(30));
    ada = await world.guest();
    event = await world.event({
      capacity: 10,
      priceMinor: 2500,
      fields: { refundPolicy: { steps: [{ hoursBefore: 24, refundPercent: 100 }], feePercent: 10 } },
    });
    bought = await buy(world, ada, event, { quantity: 2, buyer: { name: 'Ada Osei', email } });
    sold = await read(ada, `/api/orders/${bought.orderId}`);
    await edit(event, {
      title: 'Night Shift, the second',
      ...during(new Date(start.getTime() + days(1))),
      venue: { name: 'Turbine Hall', city: 'Potsdam', country: 'DE' },
      refundPolicy: { steps: [] },
      ticketTypes: [{ id: event.ticketTypeId, name: 'Last call', priceMinor: 9900, pools: ['floor'] }],
    });
  });

  test('keeps names, prices and terms, and shows where and when the event is now', async () => {
    const now = await read(ada, `/api/orders/${bought.orderId}`);
    // The time to cancel moves along with the event.
    expect(now).toEqual({ ...sold, event: expect.anything(), cancellation: expect.anything() });
    expect(now.soldAs).toEqual({
      title: 'Night Shift',
      version: 2,
      startsAt: start.toISOString(),
      endsAt: new Date(start.getTime() + hours(4)).toISOString(),
      timeZone: 'Europe/Berlin',
      venueName: 'Kesselhaus',
      address: '',
      city: 'Berlin',
      refundPolicy: {
        steps: [{ hoursBefore: 24, refundPercent: 100 }],
        ...{ feePercent: 10, feePerTicketMinor: 0, refundsBookingFee: true },
      },
    });
    expect(now.event).toMatchObject({ title: 'Night Shift, the second', venueName: 'Turbine Hall' });
    expect(now.event.startsAt).toBe(new Date(start.getTime() + days(1)).toISOString());
    expect(now.lines).toMatchObject([{ name: 'Regular', unitPrice: eur(2500) }]);
    expect(now.cancellation).toEqual({
      refund: eur(4500),
      fee: eur(500),
      until: new Date(start.getTime()).toISOString(),
    });
  });

  test('has tickets with a price of their own, whose parts add up', async () => {
    const parts = { net: eur(2500), tax: eur(0), fee: eur(0) };
    const { tickets } = await read(ada, `/api/orders/${bought.orderId}`);
    const expected = { ticketTypeName: 'Regular', price: eur(2500), priceParts: parts };
    expect(tickets).toMatchObject([expected, expected]);
    expect(await read(ada, `/api/tickets/${bought.tickets[0]?.id}`)).toMatchObject(expected);
  });

  test('prints what was sold, where and when the event is now', async () => {
    for (const path of [
      `orders/${bought.orderId}/tickets.pdf`,
      `tickets/${bought.tickets[0]?.id}/ticket.pdf`,
    ]) {
      const text = await pdfText(ada, `/api/${path}`);
      expect(text).toContain('Regular');
      expect(text).toContain('€25.00');
      expect(text).toContain('Turbine Hall');
      expect(text).not.toMatch(/Last call|99/);
    }
  });

  test('says in the export of its buyer what was sold', async () => {
    const grace = await world.user();
    const party = await world.event({ priceMinor: 0 });
    await buy(world, grace, party);
    await edit(party, {
      ticketTypes: [{ id: party.ticketTypeId, name: 'Last call', priceMinor: 9900, pools: ['floor'] }],
    });
    const { orders } = await read(grace, '/api/me/export');
    expect(orders).toMatchObject([{ tickets: [{ ticketTypeName: 'Regular', price: eur(0) }] }]);
  });

  test('is refunded by the policy that it was sold with', async () => {
    const { status, body } = await ada.client.post(`/api/orders/${bought.orderId}/cancellation`);
    expect([status, body.refunded]).toEqual([200, eur(4500)]);
    await world.drain();
    expect(await refundMailTo(email)).toContain('Night Shift');
    expect(await refundMailTo(email)).not.toContain('the second');
  });
});

describe('until when an order may be cancelled', () => {
  const policy = { steps: [{ hoursBefore: 24, refundPercent: 100 }] };
  const refundOf = async (person: Person, orderId: string) =>
    (await read(person, `/api/orders/${orderId}`)).cancellation?.refund.amount ?? null;
  async function sellAndMove(byDays: number) {
    const { clock } = world;
    const start = new Date(clock.now().getTime() + days(4));
    const ada = await world.guest();
    const event = await world.event({ fields: { refundPolicy: policy, ...during(start) } });
    const { orderId } = await buy(world, ada, event);
    const moved = new Date(start.getTime() + days(byDays));
    await edit(event, during(moved));
    const refundAt = (atMs: number) => {
      clock.set(new Date(atMs));
      return refundOf(ada, orderId);
    };
    return { refundAt, start, moved };
  }

  test('moves along with an event that is put off', async () => {
    const { refundAt, start, moved } = await sellAndMove(2);
    expect(await refundAt(start.getTime() + hours(1))).toBe(2500);
    expect(await refundAt(moved.getTime() - hours(24))).toBe(2500);
    expect(await refundAt(moved.getTime() - hours(24) + 1)).toBeNull();
  });

  test('is not cut short when the event is brought forward, but ends when it begins', async () => {
    const { refundAt, moved } = await sellAndMove(-2);
    expect(await refundAt(moved.getTime())).toBe(2500);
    expect(await refundAt(moved.getTime() + 1)).toBeNull();
  });
});
