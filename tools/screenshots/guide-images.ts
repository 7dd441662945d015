import { mkdirSync, readFileSync } from 'node:fs';
import type { Browser, Locator } from 'playwright-core';
import { signIn } from '../../web/e2e/testing/accounts.ts';
import { type Person, personAt } from '../../web/e2e/testing/browsers.ts';
import { cards, codesOf, giveDetails, newBuyer, payWith, seesTickets } from '../../web/e2e/testing/buying.ts';
import { applyPlan, drawHall } from '../../web/e2e/testing/drawing.ts';
import {
  fillSale,
  goToStep,
  openOrganisation,
  readManaged,
  savesEvent,
  startEvent,
} from '../../web/e2e/testing/first-event.ts';
import { handOver } from '../../web/e2e/testing/hand-over.ts';
import { settle } from './camera.ts';
import { writeWebp } from './webp.ts';

const folder = new URL('../../docs/images/guide/', import.meta.url);
const maxBytes = 60_000;
const cover = new URL('../../web/public/covers/clockmaker.webp', import.meta.url);
const title = 'The Lamplighters';

const screens = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 780 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
} as const;

type Shoot = (name: string, at?: Locator) => Promise<void>;
interface Photographer {
  person: Person;
  /** Takes what the screen shows, from this part of the page on. */
  shoot: Shoot;
}

/** The pictures of docs/guide.md: a new organiser makes an event and sells it, and runs an event of the demo. */
export async function writeGuideImages(browser: Browser, url: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const organiser = await enter(browser, url, 'desktop');
  const event = await prepare(organiser, url);
  const buyer = await enter(browser, url, 'phone');
  const code = await buy(buyer, event.slug);
  await look(organiser, event.id);
  await runDemo(await enter(browser, url, 'desktop'), await enter(browser, url, 'phone'), {
    eventId: event.id,
    code,
    organiser: organiser.person,
  });
}

async function enter(browser: Browser, url: string, screen: keyof typeof screens): Promise<Photographer> {
  const context = await browser.newContext({
    ...screens[screen],
    baseURL: url,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(30_000);
  const person = personAt(await context.newPage(), () => {});
  return {
    person,
    async shoot(name, at) {
      const { page } = person;
      await settle(page);
      await page.evaluate(() => scrollTo(0, 0));
      // Below the page's own header, which stays at the upper edge.
      await at?.first().evaluate((part) => {
        part.scrollIntoView({ block: 'start' });
        scrollBy(0, -90);
      });
      await page.waitForTimeout(300);
      await writeWebp(await page.screenshot(), new URL(`${name}.webp`, folder), maxBytes);
      console.log(name);
    },
  };
}

/** From the account to the publication. */
async function prepare({ person, shoot }: Photographer, url: string) {
  const { page } = person;
  await openOrganisation(person, url, { ...newBuyer('Orla Finch') }, 'Lantern House');
  await person.open('/organise/payouts');
  await person.sees('button', 'Connect an account');
  await shoot('payout-account');
  await person.press('Connect an account');
  await page.getByText('Ready', { exact: true }).waitFor();
  await person.open('/organise');
  const id = await startEvent(person, title);
  await person.choose('Category', 'Theatre');
  await person.fill('One line about it', 'A night shift on the roofs of an old town, with songs.');
  await person.press('Suggest texts and prices');
  await person.press('Use: Description');
  await savesEvent(person, id, ({ description }) => description !== '');
  await shoot('basics', page.getByLabel('Category', { exact: true }));
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await fillSale(person, day);
  await savesEvent(person, id, ({ products }) => products[0]?.variants.length === 2);
  await shoot('tickets', page.getByRole('group', { name: 'Ticket types' }));
  await shoot('extras', page.getByRole('group', { name: 'Extras', exact: true }));
  await goToStep(person, 'Cover');
  await handOver(person, 'Cover picture', 'drop', readFileSync(cover));
  await person.fill('What the picture shows', 'A workshop at night');
  await savesEvent(person, id, ({ coverAlt }) => coverAlt === 'A workshop at night');
  await goToStep(person, 'Seats');
  await person.follow('Draw the seat plan');
  await drawHall(person, 'Standing');
  await (await person.sees('option', /Rows · Middle/)).click();
  for (let i = 0; i < 2; i++) await person.press('Zoom in');
  await shoot('seat-plan');
  await applyPlan(person, { 'Zone 1': '60', 'Zone 2': '45.50', 'Zone 3': '30' });
  await person.open(`/organise/events/${id}/edit/publish`);
  await page.getByText('Nothing is missing').waitFor();
  await page.frameLocator('iframe[title="Preview"]').getByText('€45.50').first().waitFor();
  await shoot('publish');
  await person.press('Publish now');
  await page.getByText('Published: buyers can find it.').waitFor();
  return readManaged(person, id);
}

/** What a buyer sees on a phone. Returns the code of the seat's ticket. */
async function buy({ person, shoot }: Photographer, slug: string): Promise<string> {
  await person.open(`/e/${slug}`);
  await person.sees('heading', title);
  await person.open(`/e/${slug}/seats`);
  await person.press('List');
  await person.press(/^Middle/);
  await person.press(/^Middle, row A, seat 4, /);
  await person.press(/^Middle, row A, seat 5, /);
  await person.page.getByRole('button', { name: 'Map' }).click();
  await person.sees('application');
  await shoot('phone-seats');
  await person.press(/^Continue/);
  await person.sees('heading', 'Checkout');
  await person.press('One more: T-shirt, M');
  await person.page.getByRole('complementary', { name: 'Your order' }).getByText('T-shirt, M').waitFor();
  await shoot('phone-checkout', person.page.getByRole('heading', { name: 'Add to your order' }));
  await giveDetails(person, newBuyer('Bo Marsh'));
  await payWith(person, cards.good);
  const orderId = await seesTickets(person, 3);
  const [code = ''] = await codesOf(person, orderId);
  return code;
}

/** The pages of the organiser's own event. */
async function look({ person, shoot }: Photographer, id: string): Promise<void> {
  const { page } = person;
  await person.open(`/organise/events/${id}/codes`);
  await page.getByLabel('How many codes').fill('20');
  await page.getByRole('textbox', { name: 'Tag' }).fill('Radio');
  await page.getByLabel('Price with the code').selectOption({ label: 'Per cent off' });
  await page.getByLabel('Per cent', { exact: true }).fill('15');
  await shoot('codes');
  await person.open(`/organise/events/${id}/blocks`);
  await person.sees('heading', 'Blocked places');
  await person.fill('What for', 'House seats');
  await page.getByLabel('Ticket type or row').selectOption({ index: 2 });
  await shoot('blocks');
  await person.open('/organise/orders');
  await person.follow(/Bo Marsh/);
  await person.sees('heading', /^Order /);
  await page.getByLabel('Some tickets', { exact: true }).check();
  await page
    .getByRole('checkbox', { name: /^Zone 2/ })
    .first()
    .check();
  await person.fill('Reason', 'The seat has no view of the stage.');
  await shoot('refund', page.getByLabel('Some tickets', { exact: true }));
}

/** An event of the demo, with more sales than the new one: figures, messages, the door, a refund and the files. */
async function runDemo(
  desk: Photographer,
  gate: Photographer,
  own: { eventId: string; code: string; organiser: Person },
): Promise<void> {
  const { person, shoot } = desk;
  const { page, context } = person;
  await person.open('/sign-in');
  await signIn(person, 'organiser@example.com');
  const night = (await (await context.request.get('/api/events/night-shift')).json()).id;
  await person.open(`/organise/events/${await bestSelling(person)}/figures`);
  await person.sees('heading', 'Sales over time');
  await shoot('figures');
  await person.open(`/organise/events/${night}/messages/new`);
  await person.fill('Subject', 'Doors open half an hour earlier');
  await person.fill('Text', 'We open at 21:30. The bar at the entrance is open too.');
  await shoot('message');
  await person.open(`/organise/events/${night}`);
  await person.sees('heading', 'Downloads');
  await shoot('downloads', page.getByRole('heading', { name: 'Downloads' }));
  await openGate(own, gate);
}

/** The event of the organiser with the most sold places. */
async function bestSelling({ context }: Person): Promise<string> {
  const read = async (path: string) => (await context.request.get(path)).json();
  const { organisations } = await read('/api/me');
  const { items } = await read(`/api/organisations/${organisations[0].id}/events`);
  const sold = await Promise.all(
    items.map(async ({ id }: { id: string }) => {
      const { pools } = await read(`/api/events/${id}/management`);
      return { id, sold: pools.reduce((sum: number, pool: { sold: number }) => sum + pool.sold, 0) };
    }),
  );
  return sold.toSorted((a, b) => b.sold - a.sold)[0].id;
}

/** A door link makes a phone the gate of the new event, and the ticket that was bought comes in. */
async function openGate(
  { organiser, eventId, code }: { organiser: Person; eventId: string; code: string },
  { person, shoot }: Photographer,
): Promise<void> {
  const answer = await organiser.context.request.post(`/api/events/${eventId}/door-links`, {
    data: {
      label: 'North gate',
      gate: 'North',
      seesNames: true,
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    },
  });
  const { url } = await answer.json();
  await person.page.goto(url);
  await person.fill('Name of this device', 'Phone of Ben');
  await person.press('Start');
  await person.fill('Ticket code', code);
  await person.press('Check in');
  await person.hears('status', 'Admitted');
  await shoot('phone-gate');
}
