import { expect, test } from 'vitest';
import { recordYearsOf } from '../../contract/record-years.ts';
import { demoPassword } from '../../server/demo/accounts.ts';
import { proof, sampleOf } from '../../server/testing/thorough.ts';
import type formWords from '../src/features/forms/en.ts';
import type organiseWords from '../src/features/organise/en.ts';
import { signIn } from './testing/accounts.ts';
import { findEvent } from './testing/buying.ts';
import { faults, focused } from './testing/forms.ts';
import { setUpHouse } from './testing/house.ts';
import { linkTo } from './testing/mailbox.ts';
import { draft, enter } from './testing/organising.ts';

const house = setUpHouse();

test('an organiser drafts and publishes an event with numbered seats, and anyone finds it', async () => {
  const organiser = await enter(house);
  await draft(organiser, 'Paper Boats');
  await organiser.choose('Seating', 'Numbered seats');
  await organiser.fill('Rows', '4');
  await organiser.fill('Seats per row', '10');
  await organiser.press('Make the layout');
  await organiser.page.getByText('40 seats in Stalls').waitFor();
  await organiser.press('Save the draft');
  await organiser.sees('heading', 'Paper Boats');

  const stranger = await house.person();
  await stranger.open('/');
  await stranger.page.getByRole('searchbox').fill('Paper Boats');
  await stranger.sees('heading', 'Nothing found for “Paper Boats”');
  await organiser.press('Publish');
  await organiser.page.getByText('Published. Buyers can find it and buy tickets from now on.').waitFor();

  await findEvent(stranger, 'Paper Boats');
  await stranger.follow('Choose seats');
  await stranger.press('List');
  await stranger.sees('button', /^Stalls.*40 free/);
});

test.each(sampleOf(['ar', 'en'], 1))(
  'what an event lacks is said in %s at each field, and nothing is sent',
  async (language) => {
    const [own, forms]: [typeof organiseWords, typeof formWords] = (await Promise.all(
      ['organise', 'forms'].map(
        async (each) => (await import(`../src/features/${each}/${language}.ts`)).default,
      ),
    )) as never;
    const organiser = await house.person({ phone: true, locale: language });
    await organiser.open('/');
    await organiser.context.request.post('/api/auth/sign-in/email', {
      data: { email: 'organiser@example.com', password: demoPassword },
      headers: { origin: house.url },
    });
    await organiser.open('/organise/new');
    const sent: string[] = [];
    organiser.page.on('request', (request) => sent.push(request.method()));
    await organiser.press(own.create);
    expect(await faults(organiser)).toEqual({
      [own.name]: forms.missing,
      [own.starts]: forms.missing,
      [own.ends]: own.endsWrong,
      [own.venue]: forms.missing,
      [own.city]: forms.missing,
      [own.country]: own.countryHint,
    });
    expect(await focused(organiser)).toBe(own.name);
    expect(sent).not.toContain('POST');
  },
);

test('what was typed wrong is said at its field, by the form or by the server, and stays as it was typed', async () => {
  const organiser = await enter(house);
  await draft(organiser, 'Short Straw');
  await organiser.fill('Country', 'Wales');
  await organiser.fill('Time zone', 'Mars/Olympus');
  await organiser.fill('Most per person', '1001');
  await organiser.fill('Capacity', '');
  await organiser.fill('Price (EUR)', '12.345');
  await organiser.press('Save the draft');
  expect(await faults(organiser)).toEqual({
    Country: 'Two letters, such as DE',
    'Time zone': 'Choose one from the list, such as Europe/Berlin.',
    'Most per person': 'At most 1,000.',
    Capacity: 'Fill this in.',
    'Price (EUR)': '0, or a price that a card can pay, such as 12.50.',
  });
  await organiser.fill('Country', 'gb');
  await organiser.fill('Time zone', 'Europe/London');
  await organiser.fill('Most per person', '10');
  await organiser.fill('Capacity', '200');
  await organiser.fill('Price (EUR)', '12,5');
  expect(await faults(organiser)).toEqual({});

  // The end is before the start. Only the server checks this, as for a draft from a program.
  const starts = await organiser.page.getByLabel('Starts').inputValue();
  await organiser.fill('Ends', starts.replace('T20', 'T19'));
  organiser.expects({ status: 400, path: '/api/events' });
  await organiser.press('Save the draft');
  await organiser.page.getByText('Say when it ends, after the start.').waitFor();
  expect(await faults(organiser)).toEqual({ Ends: 'Say when it ends, after the start.' });
  expect(await focused(organiser)).toBe('Ends');
  expect(await organiser.page.getByLabel('Price (EUR)').inputValue()).toBe('12,5');
  await organiser.fill('Ends', starts.replace('T20', 'T22'));
  await organiser.press('Save the draft');
  await organiser.sees('heading', 'Short Straw');
  await organiser.sees('button', 'Publish');
});

proof('numbered seats need a layout, and pools and ticket types come and go', async () => {
  const organiser = await enter(house);
  await draft(organiser, 'Rows and Rows');
  await organiser.choose('Seating', 'Numbered seats');
  await organiser.press('Save the draft');
  await organiser.page.getByText('Numbered seats need a layout').waitFor();
  await organiser.fill('Rows', '401');
  await organiser.press('Make the layout');
  expect(await faults(organiser)).toEqual({ Rows: 'At most 400.' });
  await organiser.fill('Rows', '3');
  await organiser.page.getByLabel('Seats per row').fill('8');
  await organiser.page.getByLabel('Seats per row').press('Enter');
  await organiser.page.getByText('24 seats in Stalls').waitFor();

  await organiser.press('Add a ticket type');
  await organiser.page.getByLabel('Name', { exact: true }).nth(1).fill('Reduced');
  await organiser.page.getByLabel('Price (EUR)').nth(1).fill('9');
  await organiser.press('Add a pool');
  await organiser.fill('Name of the pool', 'Balcony');
  await organiser.page.getByLabel('Takes places from').nth(1).selectOption({ label: 'Balcony' });
  await organiser.press('Remove Balcony');
  await organiser.press('Save the draft');
  expect(await faults(organiser)).toEqual({ 'Takes places from': 'Choose where its places come from.' });
  await organiser.press('Remove Regular');
  await organiser.choose('Takes places from', 'Stalls');
  await organiser.press('Save the draft');
  await organiser.sees('button', 'Publish');
  expect(await organiser.page.getByLabel('Name', { exact: true }).inputValue()).toBe('Reduced');
  expect(await organiser.page.getByLabel('Takes places from').inputValue()).toBe('zone:stalls');
});

proof('promo codes are drafted with the tickets, and say how often they were used', async () => {
  const organiser = await enter(house);
  await draft(organiser, 'Half Price');
  await organiser.press('Add a promo code');
  await organiser.fill('%', '101');
  await organiser.press('Save the draft');
  expect(await faults(organiser)).toEqual({ Code: '3 to 32 letters, digits and hyphens', '%': '1 to 100' });
  await organiser.fill('Code', 'friends-27');
  await organiser.choose('Each ticket is cheaper by', 'An amount');
  await organiser.fill('EUR', '2,50');
  await organiser.fill('Most tickets', '40');
  await organiser.press('Save the draft');
  await organiser.sees('button', 'Publish');
  expect(await organiser.page.getByLabel('Code').inputValue()).toBe('FRIENDS-27');
  expect(await organiser.page.getByLabel('EUR', { exact: true }).inputValue()).toBe('2.50');
  await organiser.page.getByText('0 sold, 0 held with it').waitFor();
  await organiser.press('Remove FRIENDS-27');
  await organiser.press('Save changes');
  await organiser.hears('status', 'Saved');
  expect(await organiser.page.getByLabel('Code').count()).toBe(0);
});

test('an owner invites by address, sees what is open, and withdraws it', async () => {
  const owner = await enter(house);
  await owner.follow('Team');
  await owner.fill('E-mail', 'nobody');
  await owner.press('Invite');
  expect(await faults(owner)).toEqual({ 'E-mail': 'This is no e-mail address.' });
  await owner.fill('E-mail', ' nobody@teams.example ');
  await owner.press('Invite');
  await owner.hears('status', 'We sent an invitation to nobody@teams.example.');
  expect(await owner.page.getByLabel('E-mail').inputValue()).toBe('');
  owner.expects({ status: 409, path: '/invitations' });
  await owner.fill('E-mail', 'nobody@teams.example');
  await owner.press('Invite');
  await owner.page.getByText('This address already has an open invitation.').waitFor();
  expect(await focused(owner)).toBe('E-mail');
  await owner.page.getByText('Open until').waitFor();
  await owner.press('Send again: nobody@teams.example');
  await owner.hears('status', 'We sent an invitation to nobody@teams.example.');
  const link = await invitationTo('nobody@teams.example');
  await owner.press('Withdraw: nobody@teams.example');
  await owner.hears('status', 'The invitation to nobody@teams.example is withdrawn.');

  const late = await house.person();
  await late.open(link);
  await late.sees('heading', 'This invitation was withdrawn');
  late.expects({ status: 404, path: '/api/invitations/' });
  await late.open(`${link.split('#')[0]}#${'x'.repeat(43)}`);
  await late.page.reload();
  await late.sees('heading', 'This link does not work');
});

test('somebody without an account accepts: through signing up, the mail that confirms, and back', async () => {
  const owner = await enter(house);
  await owner.follow('Team');
  const email = 'mara@teams.example';
  await owner.fill('E-mail', email);
  await owner.choose('Role', 'Manager');
  await owner.press('Invite');
  await owner.hears('status', 'We sent an invitation');

  const mara = await house.person({ phone: true });
  const asked: string[] = [];
  mara.context.on('request', (request) => asked.push(`${request.url()} ${request.headers().referer ?? ''}`));
  const link = await invitationTo(email);
  await mara.open(link);
  await mara.sees('heading', /invites you to the team of/);
  await mara.follow('Open an account');
  await mara.fill('Name', 'Mara Quist');
  await mara.fill('E-mail', email);
  await mara.fill('Password', 'correct-horse-battery');
  await mara.press('Open an account');
  await mara.page.getByText(`Confirm first that ${email} is yours`).waitFor();
  // The link of the confirmation mail opens another tab of the same browser.
  await mara.open(await confirmationTo(email));
  await mara.press('Accept');
  await mara.sees('heading', 'You are on the team');
  await mara.follow('Go on');
  await mara.sees('link', 'New event');
  await mara.follow('Team');
  await mara.sees('heading', /^Team of/);
  expect(await mara.page.getByLabel('Keep names for (days after the event)').count()).toBe(0);
  const secret = link.split('#')[1] as string;
  expect(asked.filter((each) => each.includes(secret))).toEqual([]);

  await owner.page.reload();
  await owner.page.getByText('Mara Quist', { exact: true }).waitFor();
  // Becoming an owner needs the person's agreement.
  await owner.choose('Role: Mara Quist', 'Owner');
  await owner.hears('status', `We asked ${email} by mail.`);
  expect(await owner.page.getByLabel('Role: Mara Quist').inputValue()).toBe('manager');
  await mara.open(await invitationTo(email, link));
  await mara.press('Decline');
  await mara.sees('heading', 'Declined');
});

proof('an invitation is for the address that it was sent to', async () => {
  const owner = await enter(house);
  await owner.follow('Team');
  await owner.fill('E-mail', 'buyer@example.com');
  await owner.press('Invite');
  await owner.hears('status', 'We sent an invitation');
  const link = await invitationTo('buyer@example.com');
  const other = await house.person({ dark: true });
  await other.open('/sign-in');
  await signIn(other, 'promoter@example.com');
  await other.open(link);
  await other.page.getByText('You are signed in as promoter@example.com').waitFor();
  await other.follow('Use another account');
  await signIn(other, 'buyer@example.com');
  await other.press('Accept');
  await other.sees('heading', 'You are on the team');
});

proof('an owner says for how long buyers’ names are kept, and reads what the law asks for', async () => {
  const owner = await enter(house);
  await owner.follow('Team');
  const days = 'Keep names for (days after the event)';
  const countryOf = owner.page.getByLabel('Country of your accounts', { exact: true });
  const sent: string[] = [];
  owner.page.on('request', (request) => sent.push(request.method()));
  for (const wrong of ['29', '3651', '40.5', '']) {
    await owner.fill(days, wrong);
    await owner.press('Save changes');
    await expect
      .poll(() => faults(owner), { message: `“${wrong}”` })
      .toEqual({ [days]: 'A whole number between 30 and 3650.' });
    expect(await focused(owner)).toBe(days);
  }
  expect(sent).not.toContain('PUT');

  await owner.fill(days, '400');
  await owner.choose('Country of your accounts', 'United Kingdom');
  await owner.page.getByText(`at least ${recordYearsOf('GB')} years, without names`).waitFor();
  await owner.press('Save changes');
  await owner.hears('status', 'Saved');
  await owner.page.reload();
  await owner.sees('heading', 'Your buyers’ data');
  expect(await owner.page.getByLabel(days).inputValue()).toBe('400');
  expect(await countryOf.inputValue()).toBe('GB');

  await owner.choose('Country of your accounts', 'Not set');
  await owner.press('Save changes');
  await owner.hears('status', 'Saved');
  await owner.page.reload();
  expect(await countryOf.inputValue()).toBe('');
});

test('an owner reads in the audit log who changed an event, and from what to what', async () => {
  const owner = await enter(house, { phone: true });
  await draft(owner, 'Kept in Writing');
  await owner.press('Save the draft');
  await owner.sees('heading', 'Kept in Writing');
  await owner.press('Publish');
  await owner.page.getByText('Published. Buyers can find it').waitFor();

  await owner.open('/organise/team');
  await owner.follow('Audit log');
  await owner.sees('heading', 'Audit log');
  const entry = (text: string) => owner.page.getByRole('listitem').filter({ hasText: text }).first();
  await entry('Event published: Kept in Writing').waitFor();
  await owner.choose('What was done', 'Event created');
  await entry('Event published').waitFor({ state: 'detached' });
  await entry('Event created: Kept in Writing').getByText('Details').click();
  await entry('Event created: Kept in Writing')
    .getByText('Ticket types · Regular · Price (smallest unit)')
    .waitFor();
});

const invitationTo = (email: string, earlier?: string) =>
  linkTo(house.url, email, /https?:\S+\/invitations\/\S+/, earlier);
const confirmationTo = (email: string) => linkTo(house.url, email, /https?:\S+\/verify-email\S+/);
