import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { newBuyer } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();

test('an organiser asks three questions; a buyer answers on a phone with the keyboard; the team reads the answers', async () => {
  const address = await publishSale(house, 'Dinner of Questions', {
    pools: [{ key: 'hall', name: 'Hall', capacity: 10 }],
    ticketTypes: [{ name: 'Standing', priceMinor: 0, pools: ['hall'] }],
  });
  const organiser = await enter(house, { phone: true });
  const { page } = organiser;
  const slug = address.split('/').at(-1);
  const { id } = await (await organiser.context.request.get(`/api/events/${slug}`)).json();
  await organiser.open(`/organise/events/${id}`);
  await organiser.follow('Questions and answers');
  const part = (n: number) => page.getByRole('group', { name: `Question ${n}`, exact: true });
  await organiser.press('Add a question');
  await part(1).getByLabel('Question', { exact: true }).fill('What do you eat?');
  await part(1).getByLabel('Kind of answer').selectOption('One choice');
  await part(1).getByLabel('Choices, one per line').fill('Everything\nVegan\nSomething else');
  await part(1).getByLabel('Must be answered').check();
  await organiser.press('Add a question');
  await part(2).getByLabel('Question', { exact: true }).fill('Which allergies?');
  await part(2).getByLabel('Must be answered').check();
  await part(2).getByLabel('Only if an earlier question').selectOption('What do you eat?');
  await part(2).getByLabel('Everything').uncheck();
  await part(2).getByLabel('Something else').check();
  await organiser.press('Add a question');
  await part(3).getByLabel('Question', { exact: true }).fill('Company');
  await part(3).getByLabel('Asked').selectOption('once per order');
  await part(3).getByLabel('Filled in by the browser').selectOption('Company');
  await organiser.press('Add terms to accept');
  await page.getByLabel('What the buyer accepts').fill('I accept the house rules');
  await page.getByLabel('Text (optional)', { exact: true }).fill('No glass.');
  await isAccessible(organiser);
  await organiser.press('Save');
  await page.getByText('Cannot be changed after saving.').first().waitFor();

  const buyer = await house.person({ phone: true });
  await buyer.open(address);
  await buyer.press('More: Standing');
  await buyer.press('More: Standing');
  await buyer.press('Continue with 2 tickets');
  await buyer.sees('heading', 'Checkout');
  const { name, email } = newBuyer();
  await buyer.fill('Name', name);
  await buyer.fill('E-mail', email);
  const ticket = (n: number) => buyer.page.getByRole('group', { name: `Ticket ${n}: Standing` });
  await buyer.press('Get the tickets');
  await ticket(1).getByText('Please answer this question.').waitFor();
  await buyer.page.getByText('Please accept these terms.').waitFor();
  // The first wrong field has the focus, so the keyboard goes on from there.
  await buyer.page.locator('select:focus').waitFor();
  await buyer.page.keyboard.press('v');
  expect(await ticket(1).getByLabel('What do you eat?').inputValue()).toBe('vegan');
  await ticket(2).getByLabel('What do you eat?').selectOption('Something else');
  await ticket(2).getByLabel('Which allergies?').fill('=Nuts');
  const company = buyer.page.getByLabel('Company (optional)');
  expect(await company.getAttribute('autocomplete')).toBe('organization');
  await company.fill('Acme');
  await isAccessible(buyer);
  // Nothing is lost when the page loads again.
  await buyer.page.reload();
  expect(await ticket(2).getByLabel('Which allergies?').inputValue()).toBe('=Nuts');
  await buyer.page.getByLabel('I accept the house rules').focus();
  await buyer.page.keyboard.press('Space');
  await buyer.press('Get the tickets');
  await buyer.sees('img', 'QR code of ticket 2');
  const answers = buyer.page.getByRole('region', { name: 'Answers' });
  await answers.getByText('Vegan').waitFor();
  await answers.getByText('I accept the house rules').waitFor();
  await buyer.page.getByRole('button', { name: 'Change answers: Ticket 1: Standing' }).click();
  await buyer.page.getByRole('dialog').getByLabel('What do you eat?').selectOption('Everything');
  await buyer.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await answers.getByText('Everything').waitFor();
  await isAccessible(buyer);

  await organiser.open(`/organise/events/${id}/questions#answers`);
  await page.getByText('=Nuts').waitFor();
  const meals = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'What do you eat?' }) });
  expect(await meals.locator('dd').allTextContents()).toEqual(['1', '0', '1']);
  await isAccessible(organiser);
  await page.getByLabel('Answered the question').selectOption('What do you eat?');
  await page.getByLabel('with', { exact: true }).selectOption('Everything');
  await page.getByText('=Nuts').waitFor({ state: 'detached' });
  const file = await organiser.context.request.get(`/api/events/${id}/exports/attendees.csv`);
  const [head = '', ...rows] = (await file.text()).trim().split('\r\n');
  expect(head.split(',').slice(-3)).toEqual([
    'answer:what-do-you-eat',
    'answer:which-allergies',
    'answer:company',
  ]);
  expect(rows.map((row) => row.split(',').slice(-3))).toEqual([
    ['Everything', '', 'Acme'],
    ['Something else', "'=Nuts", 'Acme'],
  ]);
});

test('if the questions cannot be loaded, the checkout says so, and loads them when it is asked or refused', async () => {
  const address = await publishSale(house, 'Dinner without a Net', {
    pools: [{ key: 'hall', name: 'Hall', capacity: 10 }],
    ticketTypes: [{ name: 'Standing', priceMinor: 0, pools: ['hall'] }],
  });
  const { request } = (await enter(house)).context;
  const { id } = await (await request.get(`/api/events/${address.split('/').at(-1)}`)).json();
  const form = `/api/events/${id}/question-form`;
  const { version } = await (await request.get(form)).json();
  const diet = { key: 'diet', label: 'What do you eat?', kind: 'text', scope: 'order', required: true };
  const put = await request.put(form, {
    data: { questions: [diet], terms: [], changeHours: null },
    headers: { 'if-match': `"${version}"` },
  });
  expect(put.status(), await put.text()).toBe(200);

  for (const goesOn of [false, true]) {
    const buyer = await house.person({ phone: true });
    const asked = `**/api/events/${id}/questions`;
    await buyer.context.route(asked, (route) => route.abort('aborted'));
    await buyer.open(address);
    await buyer.press('More: Standing');
    await buyer.press('Continue with 1 ticket');
    await buyer.hears('alert', 'We could not load what the organiser asks.');
    await isAccessible(buyer);
    const { name, email } = newBuyer();
    await buyer.fill('Name', name);
    await buyer.fill('E-mail', email);
    await buyer.context.unroute(asked);
    if (goesOn) buyer.expects({ status: 422, path: '/api/orders' });
    await buyer.press(goesOn ? 'Get the tickets' : 'Try again');
    await buyer.fill('What do you eat?', 'Soup');
    await buyer.press('Get the tickets');
    await buyer.sees('img', 'QR code of ticket 1');
  }
});

test('a limit that is no number is refused at its field, and not left out', async () => {
  const address = await publishSale(house, 'Dinner of Ages', {
    pools: [{ key: 'hall', name: 'Hall', capacity: 10 }],
    ticketTypes: [{ name: 'Standing', priceMinor: 0, pools: ['hall'] }],
  });
  const organiser = await enter(house, { phone: true });
  const { request } = organiser.context;
  const { id } = await (await request.get(`/api/events/${address.split('/').at(-1)}`)).json();
  await organiser.open(`/organise/events/${id}/questions`);
  await organiser.press('Add a question');
  await organiser.fill('Question', 'How old are you?');
  await organiser.page.getByLabel('Kind of answer').selectOption('Number');
  await organiser.fill('Smallest number (optional)', '18+');
  await organiser.press('Save');
  await organiser.page.getByText('Please enter a number, or nothing.').waitFor();
  await organiser.page.locator('input:focus[aria-invalid=true]').waitFor();
  await organiser.fill('Smallest number (optional)', '18');
  await organiser.press('Save');
  await organiser.page.getByText('Cannot be changed after saving.').first().waitFor();
  const { questions } = await (await request.get(`/api/events/${id}/question-form`)).json();
  expect(questions).toMatchObject([{ kind: 'number', least: 18, most: null }]);
});
