import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { newBuyer } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { draft, enter } from './testing/organising.ts';
import { publishSale } from './testing/sales.ts';
import { scrollsSideways } from './testing/sideways.ts';

const house = setUpHouse();

test('an organiser uses a suggestion, undoes it, and nothing changes by itself', async () => {
  const organiser = await enter(house, { phone: true });
  await draft(organiser, 'NIGHT OF THE TAWNY OWLS');
  const { page } = organiser;
  const title = page.getByLabel('Title', { exact: true });
  const about = page.getByLabel('Description', { exact: true });
  await organiser.press('Suggest texts and prices');
  await organiser.sees('button', 'Use: Title');
  expect([await title.inputValue(), await about.inputValue()]).toEqual(['NIGHT OF THE TAWNY OWLS', '']);
  await organiser.press('Use: Title');
  expect(await title.inputValue()).toBe('Night Of The Tawny Owls');
  await organiser.press('Undo: Title');
  expect(await title.inputValue()).toBe('NIGHT OF THE TAWNY OWLS');
  await organiser.press('Use: Title');
  // What is typed afterwards is not undone.
  await title.fill('Night of the Owls');
  await organiser.sees('button', 'Use: Title');
  expect(await page.getByRole('button', { name: 'Undo: Title' }).count()).toBe(0);
  await isAccessible(organiser);
  await organiser.press('Save the draft');
  await organiser.sees('heading', 'Night of the Owls');
});

test('a buyer of an online event finds the link on the order, and a new link replaces it', async () => {
  const address = await publishSale(house, 'Lecture on Lanterns', {
    pools: [{ key: 'hall', name: 'Hall', capacity: 10 }],
    ticketTypes: [{ name: 'Seat', priceMinor: 0, pools: ['hall'] }],
  });
  const organiser = await enter(house, { phone: true });
  const slug = address.split('/').at(-1);
  const { id } = await (await organiser.context.request.get(`/api/events/${slug}`)).json();
  await organiser.open(`/organise/events/${id}`);
  await organiser.follow('Online');
  const { page } = organiser;
  await page.getByLabel('How people attend').selectOption('At the venue and online');
  await organiser.fill('Link', 'video.example.com/room');
  await organiser.press('Save');
  await page.getByText('Enter an address that begins with https://.').waitFor();
  await organiser.fill('Link', 'https://video.example.com/room/1');
  await organiser.fill('Note', 'The room opens at 18:30.');
  await isAccessible(organiser);
  await organiser.press('Save');
  await page.getByText('Saved.', { exact: true }).waitFor();

  const buyer = await house.person({ phone: true });
  await buyer.open(address);
  await buyer.page.getByText('Here and online').waitFor();
  await buyer.press('More: Seat');
  await buyer.press('Continue with 1 ticket');
  await buyer.sees('heading', 'Checkout');
  const { name, email } = newBuyer();
  await buyer.fill('Name', name);
  await buyer.fill('E-mail', email);
  await buyer.press('Get the tickets');
  const join = await buyer.sees('link', 'Join online');
  expect(await join.getAttribute('href')).toBe('https://video.example.com/room/1');
  expect(await join.getAttribute('rel')).toContain('noreferrer');
  await buyer.page.getByText('The room opens at 18:30.').waitFor();
  await isAccessible(buyer);
  expect(await scrollsSideways(buyer, { 'own letters': '' })).toEqual([]);

  await organiser.fill('Link', 'https://video.example.com/room/2');
  await page.getByLabel('Tell everybody who holds a ticket').check();
  await organiser.press('Save');
  await page.getByText('Saved. One person gets a mail.').waitFor();
  await buyer.page.reload();
  await buyer.page.getByText('https://video.example.com/room/2').waitFor();
});

test('a person goes from one date to all dates of its series, and to another date', async () => {
  const terms = {
    run: 'Lantern Walks',
    pools: [{ key: 'hall', name: 'Hall', capacity: 10 }],
    ticketTypes: [{ name: 'Seat', priceMinor: 1200, pools: ['hall'] }],
  };
  const address = await publishSale(house, 'Lantern Walk by the river', terms);
  await publishSale(house, 'Lantern Walk in the hills', terms);
  const person = await house.person({ phone: true });
  await person.open(address);
  await person.follow('All dates: Lantern Walks');
  await person.sees('heading', 'Lantern Walks');
  await person.page.getByText('2 dates').waitFor();
  await isAccessible(person);
  expect(await scrollsSideways(person, { 'own letters': '' })).toEqual([]);
  await (await person.sees('link', /in the hills/)).click();
  await person.sees('heading', 'Lantern Walk in the hills');
});
