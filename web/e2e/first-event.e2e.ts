import sharp from 'sharp';
import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { cards, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { applyPlan, drawHall, isSaved } from './testing/drawing.ts';
import {
  fillSale,
  goToStep,
  openOrganisation,
  readManaged,
  savesEvent,
  startEvent,
} from './testing/first-event.ts';
import { handOver } from './testing/hand-over.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();

const poster = () =>
  sharp({ create: { width: 1200, height: 800, channels: 3, background: { r: 190, g: 60, b: 90 } } })
    .jpeg()
    .toBuffer();

test('from an account to a sold seat with a T-shirt, and a row that changes afterwards', async () => {
  const organiser = await house.person();
  await openOrganisation(organiser, house.url, newBuyer('Orla Finch'), 'Lantern House');
  const eventId = await startEvent(organiser, 'The Lamplighters');

  // A suggestion does nothing before it is used.
  await organiser.choose('Category', 'Theatre');
  await organiser.press('Suggest texts and prices');
  await organiser.sees('button', 'Use: Description');
  const about = organiser.page.getByLabel('Description', { exact: true });
  expect(await about.inputValue()).toBe('');
  await organiser.press('Use: Description');
  await expect.poll(() => about.inputValue()).toContain('The Lamplighters');
  const suggested = await about.inputValue();
  await savesEvent(organiser, eventId, ({ description }) => description.trim() === suggested.trim());

  const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await fillSale(organiser, day);
  await goToStep(organiser, 'Cover');
  await handOver(organiser, 'Cover picture', 'drop', await poster());
  await organiser.fill('What the picture shows', 'Lanterns above a stage');
  await savesEvent(
    organiser,
    eventId,
    ({ products, coverAlt, coverUrl }) =>
      products[0]?.variants.length === 2 &&
      coverAlt === 'Lanterns above a stage' &&
      coverUrl?.includes('/pictures/pic_') === true,
  );

  await goToStep(organiser, 'Seats');
  await organiser.follow('Draw the seat plan');
  await drawHall(organiser, 'Standing');
  await applyPlan(organiser, { 'Zone 1': '60', 'Zone 2': '45.50', 'Zone 3': '30' });
  await organiser.press('Go on drawing');
  await organiser.press('See it as a buyer');
  await organiser.page.getByText('Choose a seat to read what buyers read.').waitFor();
  await organiser.press('Back to the drawing');
  const event = await readManaged(organiser, eventId);
  const sold = event.ticketTypes.map(({ name, price }) => [name, price.amount]);
  expect(sold).toEqual([
    ['Standing', 1500],
    ['Zone 1', 6000],
    ['Zone 2', 4550],
    ['Zone 3', 3000],
  ]);

  // The preview has what was typed, drawn and dropped, and so has the page that a colleague sees by a link.
  await organiser.open(`/organise/events/${eventId}/edit/publish`);
  await organiser.page.getByText('Nothing is missing').waitFor();
  const preview = organiser.page.frameLocator('iframe[title="Preview"]');
  await preview.getByText('€45.50').first().waitFor();
  await preview.getByAltText('Lanterns above a stage').first().waitFor();
  await organiser.press('Make a link');
  const link = await organiser.page.getByText(/\/preview\/pvl_/).innerText();
  const colleague = await house.person({ phone: true });
  await colleague.page.goto(link);
  await colleague.sees('heading', 'The Lamplighters');
  await colleague.page.getByText('this event is not published').waitFor();
  await organiser.press('Publish now');
  await organiser.page.getByText('Published: buyers can find it.').waitFor();

  const buyer = await house.person({ phone: true });
  const details = newBuyer('Bo Marsh');
  const orderId = await buysSeatAndShirt(buyer, event.slug, details);
  await isAccessible(buyer);
  const tickets = await mailTo(details.email, /^Your tickets: The Lamplighters/);
  expect(tickets).toMatch(/Front/);
  expect(tickets).toMatch(/T-shirt/);

  // The sale is on the organiser's list and among the figures.
  await organiser.open('/organise');
  await organiser.follow('Orders');
  await organiser.page.getByText('Bo Marsh').first().waitFor();
  await organiser.open(`/organise/events/${eventId}/figures`);
  const tile = organiser.page.locator('dt:text-is("Sold") + dd');
  await expect.poll(() => tile.innerText(), { timeout: 60_000 }).toBe('1');
  await organiser.page.getByRole('rowheader', { name: /T-shirt/ }).waitFor();

  // A row gets other numbers while it is on sale: its holder is told by mail, and the ticket shows the new seat.
  await organiser.open(`/organise/events/${eventId}/seat-plan`);
  await (await organiser.sees('option', /Rows · Front/)).click();
  await organiser.fill('First number', '101');
  await isSaved(organiser);
  await organiser.press('Use this plan');
  await organiser.page.getByText('1 held or sold seat gets another name.').waitFor();
  await organiser.press('Use it and tell the holders');
  await organiser.page.getByText('The event has this seat plan now.').waitFor();
  const news = await mailTo(details.email, /^New seat: The Lamplighters/);
  expect(news).toMatch(/Front, row A, seat 101/);
  expect(news).toMatch(/Before: Front, row A, seat 1\b/);
  await buyer.open(`/orders/${orderId}`);
  await buyer.page.getByRole('article').getByText('101').first().waitFor();
});

/** On a phone: the first seat of the front row, and a shirt. Returns the order. */
async function buysSeatAndShirt(
  buyer: Person,
  slug: string,
  details: ReturnType<typeof newBuyer>,
): Promise<string> {
  await buyer.open(`/e/${slug}`);
  await buyer.follow('Choose seats');
  await buyer.press('List');
  await buyer.press(/^Front/);
  await buyer.press(/^Front, row A, seat 1, /);
  await buyer.press(/^Continue/);
  await buyer.sees('heading', 'Checkout');
  await buyer.press('One more: T-shirt, M');
  const summary = buyer.page.getByRole('complementary', { name: 'Your order' });
  await summary.getByText('T-shirt, M').waitFor();
  await expect.poll(() => summary.textContent()).toMatch(/Total€80/);
  await giveDetails(buyer, details);
  await payWith(buyer, cards.good);
  // The shirt has a code of its own.
  return seesTickets(buyer, 2);
}

/** The text of the mail with this subject, once it is there. */
async function mailTo(email: string, subject: RegExp): Promise<string> {
  const read = async (path: string) => (await fetch(new URL(path, house.url))).json();
  const find = async () => {
    const { items } = await read(`/api/mailbox?to=${encodeURIComponent(email)}`);
    return items.find((mail: { id: string; subject: string }) => subject.test(mail.subject));
  };
  await expect.poll(find, { timeout: 60_000 }).toBeDefined();
  return (await read(`/api/mailbox/${(await find()).id}`)).text;
}
