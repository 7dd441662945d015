import { beforeAll, describe, expect, test } from 'vitest';
import { type Language, languages } from '../../../contract/languages.ts';
import { createServer } from '../../http/server.ts';
import { createWorld, type TestEvent } from '../../testing/world.ts';
import { setUpSite } from '../testing/site.ts';
import { createTextBrowser, type TextBrowser, type TextPage } from '../testing/text-browser.ts';

const site = setUpSite();
let count = 0;
const buyer = () => ({ name: 'Ada Osei', email: `ada-${++count}@example.com` });
const browser = (language?: Language): TextBrowser => createTextBrowser(site.http, language);
const buyPage = ({ slug }: TestEvent) => `/e/${slug}/buy`;
const quantity = (event: TestEvent, of: number) => ({ [`q.${event.ticketTypeId}`]: String(of) });
const free = (fields: Record<string, unknown> = {}) => site.world.event({ priceMinor: 0, fields });

/** How many places of an event are free. */
async function left(event: TestEvent): Promise<number> {
  const { body } = await site.world.client().get(`/api/events/${event.id}/availability`);
  return body.ticketTypes.reduce((sum: number, type: { available: number }) => sum + type.available, 0);
}

async function toCheckout(person: TextBrowser, event: TestEvent, many = 2): Promise<TextPage> {
  const page = await person.submit(await person.open(buyPage(event)), 'Continue', quantity(event, many));
  expect(page.path, page.text).toMatch(/^\/buy\/hld_/);
  return page;
}

test('a free order: the event leads to the form, and the form to the tickets and their mail', async () => {
  const event = await free({ title: 'Fête & <Amis>' });
  const person = browser();
  expect((await person.open(`/e/${event.slug}`)).html).toContain(`href="${buyPage(event)}"`);
  const checkout = await toCheckout(person, event);
  expect(checkout.text).toContain('Fête & <Amis>');
  expect(checkout.html).not.toContain('<Amis>');
  expect(checkout.text).toMatch(/held for you for \d+ more minutes/);
  const { name, email } = buyer();
  const order = await person.submit(checkout, 'Get the tickets', { name, email });
  expect(order.path).toMatch(/^\/buy\/ord_/);
  expect(order.text).toContain(`The tickets are on their way to ${email}.`);
  expect(order.html.match(/qr\.svg/g)).toHaveLength(2);
  for (const address of [/href="([^"]*tickets\.pdf)"/, /src="([^"]*qr\.svg)"/, /href="([^"]*event\.ics)"/])
    expect((await person.open(address.exec(order.html)?.[1] ?? '')).status).toBe(200);
  await site.world.drain();
  const { items } = (await site.world.client().get('/api/mailbox')).body;
  expect(items.filter(({ to }: { to: string }) => to === email)).toHaveLength(1);
});

test('a held order says that its tickets wait and until when, and shows no code', async () => {
  const event = await free({ orderReview: { fromScore: 25 } });
  const person = browser();
  const checkout = await toCheckout(person, event);
  const order = await person.submit(checkout, 'Get the tickets', buyer());
  expect(order.text).toContain('Your tickets wait');
  expect(order.text).toMatch(/your tickets appear here at .+ at the latest/);
  expect(order.html).not.toMatch(/qr\.svg|tickets\.pdf/);
  expect(order.text).not.toContain('The tickets are on their way');
});

test('a paid order: the payment page takes a card without JavaScript, and leads back to the tickets', async () => {
  const event = await site.world.event({ priceMinor: 2550 });
  const person = browser();
  const checkout = await toCheckout(person, event);
  expect(checkout.text).toContain('€51.00');
  const pay = await person.submit(checkout, 'Continue to payment', buyer());
  const link = /href="([^"]*\/sandbox\/pay\/[^"]*)">Pay €51.00</.exec(pay.html)?.[1] ?? '';
  const { pathname, search } = new URL(link.replaceAll('&amp;', '&'));
  const card = await person.open(pathname + search);
  const declined = await person.submit(card, 'Pay €51.00', { number: '4000 0000 0000 0002' });
  expect([declined.status, declined.text]).toEqual([402, expect.stringContaining('Your card was declined.')]);
  const mistyped = await person.submit(declined, 'Pay €51.00', { number: '12' });
  expect(mistyped.text).toContain('Check the number: a digit is missing or wrong.');
  const bank = await person.submit(mistyped, 'Pay €51.00', { number: '4000 0025 0000 3155' });
  const paid = await person.submit(bank, 'Approve');
  expect(paid.path).toMatch(/^\/buy\/ord_.*paid=1$/);
  await site.world.drain();
  const order = await person.open(paid.path);
  expect(order.html.match(/qr\.svg/g)).toHaveLength(2);
  expect(order.text).toContain('€51.00');
});

test('a ticket that was passed on has no code, and an order of none but such tickets no PDF', async () => {
  const event = await free();
  const person = browser();
  const order = await person.submit(await toCheckout(person, event), 'Get the tickets', buyer());
  const cookie = [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const ids = [...order.html.matchAll(/\/api\/tickets\/(tkt_\w+)\/qr\.svg/g)].map(([, id]) => id);
  const codes = (page: TextPage) => page.html.match(/qr\.svg/g)?.length ?? 0;
  for (const [index, id] of ids.entries()) {
    const { email, name } = buyer();
    const offered = await site.world.client().post(`/api/tickets/${id}/transfers`, { email }, { cookie });
    expect(offered.status, JSON.stringify(offered.body)).toBe(201);
    const secret = site.world.app.transferLinks.secretOf(offered.body.id);
    const friend = await site.world.guest();
    await friend.client.post(`/api/transfers/${offered.body.id}/acceptance`, { secret, name });
    const page = await person.open(order.path);
    expect([codes(page), page.text.match(/Passed on/g)?.length]).toEqual([1 - index, index + 1]);
    expect(page.html.includes('tickets.pdf')).toBe(index === 0);
  }
});

test('an order that is not paid yet can be paid from its own page, and from the hold', async () => {
  const event = await site.world.event({ priceMinor: 1000 });
  const person = browser();
  const checkout = await toCheckout(person, event, 1);
  await person.submit(checkout, 'Continue to payment', buyer());
  const order = await person.open(checkout.path);
  expect(order.path).toMatch(/^\/buy\/ord_/);
  const again = await person.submit(order, 'Finish the payment');
  expect(again.html).toContain('/sandbox/pay/');
});

describe('a form of another site', () => {
  test.each([
    [{ origin: 'https://evil.example' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'null' }],
    [{ origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ])('with %o holds nothing, also without a cookie', async (headers) => {
    const event = await free();
    const person = browser();
    const before = await left(event);
    const page = await person.submit(
      await person.open(buyPage(event)),
      'Continue',
      quantity(event, 1),
      headers as Record<string, string>,
    );
    expect([page.status, page.text]).toEqual([
      403,
      expect.stringContaining('This form came from another page.'),
    ]);
    expect(await left(event)).toBe(before);
    expect(person.cookies.size).toBe(0);
  });

  test('is one of ours if the browser says so', async () => {
    const event = await free();
    const origin = new URL(site.world.app.config.publicUrl).origin;
    for (const headers of [
      { origin },
      { origin, 'sec-fetch-site': 'same-origin' },
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    ]) {
      const person = browser();
      const page = await person.open(buyPage(event));
      // Otherwise the browser would hide the origin.
      expect(page.headers['referrer-policy']).toBe('same-origin');
      const held = await person.submit(
        page,
        'Continue',
        quantity(event, 1),
        headers as Record<string, string>,
      );
      expect(held.path).toMatch(/^\/buy\/hld_/);
    }
  });
});

test('a double click of a new visitor is one guest and one hold', async () => {
  const event = await free();
  const person = browser();
  const before = await left(event);
  const page = await person.open(buyPage(event));
  const sent = await Promise.all(
    Array.from({ length: 4 }, () => person.submit(page, 'Continue', quantity(event, 1))),
  );
  expect(new Set(sent.map(({ path }) => path)).size).toBe(1);
  expect(await left(event)).toBe(before - 1);
  // With another number it is another hold, and the page says what is held already.
  const choosing = await person.open(buyPage(event));
  expect(choosing.text).toContain('We are holding 1 place for you');
});

describe('a refusal', () => {
  test('is said in words in the reader’s language, with the API’s status, and keeps what was typed', async () => {
    const event = await free({ maxPerBuyer: 2 });
    const texts: Record<Language, [string, string]> = {
      en: ['Continue', 'One person may have 2 places here.'],
      de: ['Weiter', 'Eine Person darf hier 2 Plätze haben.'],
      es: ['Continuar', 'Una persona puede tener 2 plazas aquí.'],
      fr: ['Continuer', 'Une personne peut avoir 2 places ici.'],
      ar: ['متابعة', 'الحد هنا للشخص الواحد: 2.'],
    };
    for (const [language, [button, text]] of Object.entries(texts)) {
      const person = browser(language as Language);
      const page = await person.open(buyPage(event));
      const { direction } = languages[language as Language];
      expect(page.html).toContain(`<html lang="${language}" dir="${direction}">`);
      const refused = await person.submit(page, button, quantity(event, 3));
      expect([refused.status, refused.text]).toEqual([409, expect.stringContaining(text)]);
      expect(refused.html).toMatch(/name="q\.[^"]*" value="3"/);
      expect(refused.html).toMatch(/<title>[^<]* – /);
    }
  });

  test('names the places that are left, or that none are', async () => {
    const event = await site.world.event({ priceMinor: 0, capacity: 1, fields: { maxPerBuyer: 5 } });
    const [ada, bob] = [browser(), browser()];
    const seen = await bob.open(buyPage(event));
    expect((await ada.submit(await ada.open(buyPage(event)), 'Continue', quantity(event, 2))).text).toContain(
      '1 place is left. Choose fewer.',
    );
    await toCheckout(ada, event, 1);
    const late = await bob.submit(seen, 'Continue', quantity(event, 1));
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('Sold out')]);
  });

  test('of nothing chosen, of no number, and of a wrong name says what to do', async () => {
    const event = await free();
    const person = browser();
    const page = await person.open(buyPage(event));
    expect((await person.submit(page, 'Continue')).text).toContain('Choose how many tickets first');
    expect((await person.submit(page, 'Continue', quantity(event, -1))).text).toContain(
      'Enter whole numbers.',
    );
    const checkout = await toCheckout(person, event, 1);
    const wrong = await person.submit(checkout, 'Get the tickets', { name: ' ', email: 'ada@' });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('This is no e-mail address.');
    expect(wrong.html.match(/aria-invalid="true"/g)).toHaveLength(2);
  });

  test('comes from the API’s own rate limit', async () => {
    const strict = await createWorld({ RATE_LIMIT_FACTOR: '1' });
    const http = await createServer(strict.app, { dist: site.dist });
    try {
      const event = await strict.event({ priceMinor: 0, fields: { maxPerBuyer: 1 } });
      const person = createTextBrowser(http);
      await toCheckout(person, event, 1);
      const page = await person.open(buyPage(event));
      const statuses = new Set<number>();
      for (let i = 0; i < 32; i++)
        statuses.add((await person.submit(page, 'Continue', quantity(event, 1))).status);
      expect([...statuses]).toEqual([409, 429]);
    } finally {
      await http.close();
      await strict.close();
    }
  });

  test('by the limit of a network counts the person’s own address, also behind a proxy', async () => {
    const strict = await createWorld({ TRUST_PROXY: 'loopback' });
    const http = await createServer(strict.app, { dist: site.dist });
    try {
      const event = await strict.event({ priceMinor: 0, fields: { placesPerNetwork: 2 } });
      const holdFrom = async (address: string) => {
        const person = createTextBrowser(http);
        const page = await person.open(buyPage(event));
        return person.submit(page, 'Continue', quantity(event, 2), { 'x-forwarded-for': address });
      };
      await holdFrom('203.0.113.7');
      const refused = await holdFrom('203.0.113.7');
      expect([refused.status, refused.text]).toEqual([
        409,
        expect.stringMatching(/held from your network.*at \d\d:\d\d CES?T at the latest/),
      ]);
      expect((await holdFrom('198.51.100.9')).path).toMatch(/^\/buy\/hld_/);
    } finally {
      await http.close();
      await strict.close();
    }
  });

  test('of a stranger’s order or hold reveals nothing', async () => {
    const checkout = await toCheckout(browser(), await free(), 1);
    expect((await browser().open(checkout.path)).status).toBe(401);
    const other = browser();
    await toCheckout(other, await free(), 1);
    const seen = await other.open(checkout.path);
    expect([seen.status, seen.text]).toEqual([404, expect.stringContaining('This does not exist')]);
  });
});

test('numbered seats: the best ones side by side, named before the order', async () => {
  const event = await site.world.event({ seats: [{ zone: 'gold', rows: 2, perRow: 10 }], priceMinor: 0 });
  const person = browser();
  const page = await person.open(buyPage(event));
  const checkout = await person.submit(page, 'Continue', { seats: '3' });
  expect(checkout.path, checkout.text).toMatch(/^\/buy\/hld_/);
  expect(checkout.text.match(/seat \d+/g)).toHaveLength(3);
  const order = await person.submit(checkout, 'Get the tickets', buyer());
  expect(order.html.match(/qr\.svg/g)).toHaveLength(3);
});

test('names of all guests if the organiser asks, and a question about a mistyped address', async () => {
  const event = await free({ asksAttendeeNames: true });
  const person = browser();
  const checkout = await toCheckout(person, event);
  const typed = { name: 'Ada', 'attendee.0': 'Ada', 'attendee.1': 'Bob' };
  const asked = await person.submit(checkout, 'Get the tickets', { ...typed, email: 'ada@gmial.com' });
  expect(asked.text).toContain('Did you mean ada@gmail.com?');
  const order = await person.submit(asked, 'Get the tickets', { email: 'ada@gmial.com' });
  expect(order.text).toContain('on their way to ada@gmial.com');
  expect(order.text).toContain('Bob');
});

test('places can be given back, and a hold that has ended leads back to the event', async () => {
  const event = await free();
  const person = browser();
  const before = await left(event);
  const checkout = await toCheckout(person, event, 3);
  expect((await person.submit(checkout, 'Give the places back')).path).toBe(buyPage(event));
  expect(await left(event)).toBe(before);
  const gone = await person.open(checkout.path);
  expect(gone.text).toContain('These places are no longer held');
  expect((await person.submit(checkout, 'Get the tickets', buyer())).text).toContain('no longer held');
});

describe('a promo code', () => {
  test('reduces the price on the page, and can be removed', async () => {
    const event = await site.world.event({
      priceMinor: 2000,
      fields: { promoCodes: [{ code: 'HALF', percentOff: 50 }] },
    });
    const person = browser();
    const checkout = await toCheckout(person, event, 1);
    const reduced = await person.submit(checkout, 'Redeem', { code: 'half' });
    expect(reduced.text).toContain('Total €10.00');
    const full = await person.submit(reduced, 'Remove the code HALF');
    expect(full.text).toContain('Total €20.00');
    expect((await person.submit(full, 'Redeem', { code: 'nope' })).text).toContain('no such promo code');
  });
});

describe('an event that sells nothing', () => {
  let drafted: TestEvent;
  beforeAll(async () => {
    drafted = await site.world.event({ publish: false });
  });

  test('is not found as a draft, and says why it is closed otherwise', async () => {
    expect((await browser().open(buyPage(drafted))).status).toBe(404);
    const soon = await free({
      saleStartsAt: new Date(site.world.clock.now().getTime() + 86_400_000).toISOString(),
    });
    const page = await browser().open(buyPage(soon));
    expect(page.text).toContain('The sale starts');
    expect(page.html).not.toContain('<form');
  });

  test('has a field for a code where no ticket type is on sale yet', async () => {
    const saleStartsAt = new Date(site.world.clock.now().getTime() + 86_400_000).toISOString();
    const event = await free({
      ticketTypes: [{ name: 'Everybody', priceMinor: 0, pools: ['floor'], saleStartsAt }],
    });
    expect((await browser().open(buyPage(event))).html).toContain('name="code"');
  });
});
