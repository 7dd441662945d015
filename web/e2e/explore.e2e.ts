import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { demoPassword } from '../../server/demo/accounts.ts';
import { proof, sampleOf } from '../../server/testing/thorough.ts';
import type { Person } from './testing/browsers.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();

/** This many events more than the first page of the list, all after the demo's own. */
const more = 40;
const extra = (number: number) => `Evening number ${String(number).padStart(2, '0')}`;

beforeAll(async () => {
  // The demo's sales make the first trending events.
  await house.app.relay.drain();
  await house.app.interest.flush();
  const desk = await house.person();
  const { request } = desk.context;
  const signedIn = await request.post('/api/auth/sign-in/email', {
    data: { email: 'organiser@example.com', password: demoPassword },
  });
  expect(signedIn.status()).toBe(200);
  const { organisations } = await (await request.get('/api/me')).json();
  for (let number = 1; number <= more; number++) {
    const startsAt = house.app.clock.now().getTime() + (700 + number) * 86_400_000;
    const created = await request.post('/api/events', {
      data: {
        organisationId: organisations[0].id,
        title: extra(number),
        category: 'other',
        startsAt: new Date(startsAt).toISOString(),
        endsAt: new Date(startsAt + 7_200_000).toISOString(),
        timeZone: 'Europe/Berlin',
        venue: { name: 'Saal', city: 'Berlin', country: 'DE' },
        currency: 'EUR',
        pools: [{ key: 'all', name: 'All', capacity: 10 }],
        ticketTypes: [{ name: 'In', priceMinor: 1000, pools: ['all'] }],
        description: '**Fat** and [a page](https://example.com/).\n\n- one\n- two\n\n<b>not bold</b>',
      },
    });
    const { id, version } = await created.json();
    const headers = { 'if-match': `"${version}"` };
    expect((await request.post(`/api/events/${id}/publication`, { headers })).status()).toBe(200);
  }
});

const addressOf = ({ page }: Person) => new URL(page.url());
const region = ({ page }: Person, name: string) => page.getByRole('region', { name });

test('a search forgives a typo, and goes by keyboard', async () => {
  const reader = await house.person();
  await reader.open('/');
  const box = reader.page.getByRole('searchbox');
  await box.pressSequentially('nihgt shfit');
  // Results for a part of the words may still be shown, so wait until the right one is first.
  await region(reader, 'Found').getByRole('link').first().filter({ hasText: 'Night Shift' }).waitFor();
  await reader.sees('heading', 'Similar words');
  await box.press('ArrowDown');
  expect(await reader.page.evaluate(() => document.activeElement?.textContent)).toBe('Night Shift');
  await box.press('Escape');
  expect(await box.inputValue()).toBe('');
  await box.fill('fado');
  await box.press('Enter');
  await reader.page.waitForURL((url) => url.searchParams.get('q') === 'fado');
});

test('words that stand for a filter are shown, and one press drops them', async () => {
  const reader = await house.person();
  await reader.open('/?q=free%20comedy%20tonight');
  await reader.sees('link', 'Without Today');
  await reader.follow('Without Free');
  await reader.page.waitForURL((url) => url.searchParams.get('q') === 'comedy tonight');
});

test('filters are in the address, survive a reload, and Back undoes the last', async () => {
  const reader = await house.person();
  await reader.open('/');
  await reader.follow('Theatre');
  await reader.choose('When', 'Pick dates…');
  await reader.fill('From', '2026-01-01');
  await reader.choose('Price', 'Up to €100');
  await reader.choose('Sort by', 'By price');
  await reader.page.waitForURL((url) => url.searchParams.get('sort') === 'price');
  const asked = { category: 'theatre', from: '2026-01-01', max: '100', currency: 'EUR', sort: 'price' };
  expect(Object.fromEntries(addressOf(reader).searchParams)).toEqual(asked);
  await reader.page.reload();
  await reader.sees('link', /Antigone/);
  expect(Object.fromEntries(addressOf(reader).searchParams)).toEqual(asked);
  expect(await reader.page.getByLabel('From', { exact: true }).inputValue()).toBe('2026-01-01');
  expect(await reader.page.getByLabel('Price', { exact: true }).inputValue()).toBe('100');
  expect(await reader.page.getByRole('link', { name: 'Night Shift' }).count()).toBe(0);
  await reader.page.goBack();
  await reader.page.waitForURL((url) => !url.searchParams.has('sort'));
  expect(await reader.page.getByLabel('Sort by', { exact: true }).inputValue()).toBe('date');
});

proof('a price range is asked for in a currency', async () => {
  const reader = await house.person();
  await reader.open('/');
  await reader.choose('Price', 'Price range…');
  await reader.choose('Currency', 'NOK');
  await reader.fill('At least', '600');
  await reader.page.waitForURL((url) => url.searchParams.get('min') === '600');
  await reader.hears('status', /^1 event$/);
  await reader.sees('link', /Half Marathon/);
});

test.each(sampleOf([{ phone: true }, { phone: false }], 1))(
  'a reload and Back find the list where it was left ($phone)',
  async ({ phone }) => {
    const reader = await house.person({ phone });
    await reader.open('/');
    const last = reader.page.getByRole('link', { name: extra(more) });
    while ((await last.count()) === 0) {
      await reader.page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      await reader.page.waitForTimeout(100);
    }
    await last.scrollIntoViewIfNeeded();
    const placeOf = async () => (await last.boundingBox())?.y ?? -1;
    const before = await placeOf();
    // A reload fetches all of it again.
    await reader.page.reload();
    await last.waitFor();
    await expect.poll(async () => Math.abs((await placeOf()) - before)).toBeLessThan(5);
    await last.click();
    await reader.sees('heading', extra(more));
    // Long enough to count as a view. New recommendations must not push the list down.
    await reader.page.waitForTimeout(3_500);
    await reader.page.goBack();
    await last.waitFor();
    await expect.poll(placeOf).toBeGreaterThan(before - 5);
    expect(await placeOf()).toBeLessThan(before + 5);
    // A new visit starts at the beginning of the list.
    await reader.open('/');
    await reader.sees('link', 'Night Shift');
    expect(await last.count()).toBe(0);
  },
);

test('near me asks where that is when it is pressed, and says how far things are', async () => {
  const reader = await house.person({ permissions: ['geolocation'] });
  await reader.context.setGeolocation({ latitude: 52.5208, longitude: 13.4094 });
  await reader.open('/');
  await reader.press('Near me');
  await reader.page.waitForURL((url) => url.searchParams.get('near') === '52.52,13.41');
  const first = region(reader, 'Found').getByRole('article').first();
  await first.getByText(/ km$/).waitFor();
  expect(await reader.page.getByRole('link', { name: /Half Marathon/ }).count()).toBe(0);
  await reader.choose('How far', '10 km');
  await reader.page.waitForURL((url) => url.searchParams.get('km') === '10');
  await reader.press('Near me');
  await reader.page.waitForURL((url) => url.search === '');
});

proof('without leave to know the place the page says what to do instead', async () => {
  const reader = await house.person({ phone: true });
  await reader.open('/');
  await reader.press('Near me');
  await reader.hears('status', 'Choose a city instead');
  expect(addressOf(reader).search).toBe('');
});

test('what is not found can be asked for differently', async () => {
  const reader = await house.person();
  await reader.open('/?q=zeppelin&category=music&near=0,0');
  await reader.sees('heading', 'Nothing found for “zeppelin”');
  await reader.sees('link', 'Look within 250 km');
  await reader.follow('Without “zeppelin”');
  await reader.sees('heading', 'Nothing matches that');
  await reader.follow('Clear all filters');
  await reader.sees('heading', 'Everything');
});

test('a search that fails can be tried again', async () => {
  const reader = await house.person();
  await reader.open('/');
  await reader.sees('heading', 'Everything');
  reader.expects({ status: 500, path: '/api/events' });
  const problem = { code: 'internal', title: 'Something went wrong', status: 500, retryable: false };
  await reader.page.route('**/api/events?*', (route) => route.fulfill({ status: 500, json: problem }));
  await reader.follow('Comedy');
  await reader.hears('alert', 'The search failed.');
  await reader.page.unroute('**/api/events?*');
  await reader.press('Try again');
  await reader.sees('link', /Late & Unwise/);
});

test('the front page shows what is trending, and what the reader likes', async () => {
  const buyer = await house.person();
  await buyer.context.request.post('/api/auth/sign-in/email', {
    data: { email: 'buyer@example.com', password: demoPassword },
  });
  await buyer.context.request.patch('/api/me/profile', { data: { interests: ['comedy'], homeCity: 'Oslo' } });
  await buyer.open('/');
  await region(buyer, 'Trending now')
    .getByRole('link', { name: /Late & Unwise/ })
    .waitFor();
  // Tells the page that somebody has signed in without it.
  await buyer.page.evaluate(() => localStorage.setItem('admit.session', '1'));
  await buyer.page.reload();
  const mine = region(buyer, 'For you');
  await mine.getByText('You like this').first().waitFor();
  await mine.getByText('In your city').first().waitFor();
  await mine.getByRole('link', { name: /Half Marathon/ }).waitFor();
});

proof(
  'what was looked at stays in the browser, speaks for the like of it, and can be forgotten',
  async () => {
    const reader = await house.person();
    await reader.open('/e/night-shift');
    await expect
      .poll(() => reader.page.evaluate(() => localStorage.getItem('admit.viewed') ?? ''), { timeout: 15_000 })
      .toContain('evt_');
    await reader.open('/');
    const mine = region(reader, 'For you');
    await mine.getByText('Like what you looked at').first().waitFor();
    expect(await mine.getByRole('link', { name: 'Night Shift' }).count()).toBe(0);
    await reader.press('Forget what I looked at');
    await mine.waitFor({ state: 'detached' });
    expect(await reader.page.evaluate(() => localStorage.getItem('admit.viewed'))).toBeNull();
  },
);

test('an event has what one wants to know, and ways to keep it', async () => {
  const reader = await house.person({ permissions: ['clipboard-read', 'clipboard-write'] });
  await reader.open('/');
  await reader.page.getByRole('searchbox').fill(extra(1));
  await reader.follow(extra(1));
  await reader.sees('heading', extra(1));
  await reader.page.getByText('your time').waitFor();
  expect(await reader.page.locator('strong', { hasText: 'Fat' }).count()).toBe(1);
  expect(await reader.page.getByRole('link', { name: 'a page' }).getAttribute('rel')).toContain('nofollow');
  expect(await reader.page.getByText('<b>not bold</b>').count()).toBe(1);

  await reader.press('Share');
  await reader.sees('button', 'Link copied');
  expect(await reader.page.evaluate(() => navigator.clipboard.readText())).toBe(reader.page.url());

  await reader.press('Add to calendar');
  const dialog = await reader.sees('dialog', 'Add to calendar');
  const google = await dialog.getByRole('link', { name: 'Google Calendar' }).getAttribute('href');
  expect(new URL(google ?? '').searchParams.get('text')).toBe(extra(1));
  expect(new URL(google ?? '').searchParams.get('dates')).toMatch(/^\d{8}T\d{6}Z\/\d{8}T\d{6}Z$/);
  const outlook = await dialog.getByRole('link', { name: 'Outlook' }).getAttribute('href');
  expect(new URL(outlook ?? '').searchParams.get('subject')).toBe(extra(1));
  const file = await reader.download('Calendar file');
  expect(file.name).toMatch(/\.ics$/);
  expect(readFileSync(file.path, 'utf8')).toContain(`SUMMARY:${extra(1)}`);

  await reader.page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await region(reader, 'You may also like')
    .getByRole('link', { name: extra(2) })
    .waitFor();
  await reader.follow(/^All events by /);
  await reader.sees('link', extra(2));
});

proof('the demo says in one line what can be tried, and each way leads there', async () => {
  const reader = await house.person({ phone: true });
  for (const [link, heading] of [
    ['reserved seats', /Cartographer/],
    ['general admission', 'Night Shift'],
    ['a sold-out event', /Fiddle/],
    ['mailbox', 'Mailbox'],
    ['door', 'Sign in to see this'],
  ] as const) {
    await reader.open('/');
    await reader.page
      .getByRole('complementary', { name: 'This is a demo.' })
      .getByRole('link', { name: link })
      .click();
    await reader.sees('heading', heading);
  }
});

proof('an event in a zone that the browser does not know is shown in UTC, beside all others', async () => {
  const { db } = house.app;
  const [event] = await db.query<{ id: string; title: string; time_zone: string; slug: string }>(
    `select id, title, time_zone, slug from events where title = $1`,
    [extra(1)],
  );
  await db.run(`update events set time_zone = 'Mars/Olympus', version = version + 1 where id = $1`, [
    event!.id,
  ]);
  try {
    const reader = await house.person();
    await reader.open(`/?q=${encodeURIComponent('Evening number')}`);
    const found = region(reader, 'Found');
    await found
      .getByRole('article')
      .filter({ hasText: extra(1) })
      .getByText(/UTC/)
      .waitFor();
    await found
      .getByRole('article')
      .filter({ hasText: extra(2) })
      .waitFor();
    await reader.open(`/e/${event!.slug}`);
    await reader.page.getByRole('heading', { name: extra(1) }).waitFor();
  } finally {
    await db.run(`update events set time_zone = $2, version = version + 1 where id = $1`, [
      event!.id,
      event!.time_zone,
    ]);
  }
});
