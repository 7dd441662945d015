import { expect, test } from 'vitest';
import { signIn } from './testing/accounts.ts';
import type { Person } from './testing/browsers.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();

/** The page of the team has more forms. */
const saves = ({ page }: Person) =>
  page.getByRole('region', { name: 'Public page' }).getByRole('button', { name: 'Save' }).click();

test('an organiser writes the public page, and visitors see it in colors that can be read', async () => {
  const organiser = await house.person();
  await organiser.open('/sign-in');
  await signIn(organiser, 'organiser@example.com');
  const me = await (await organiser.context.request.get('/api/me')).json();
  const { id } = me.organisations[0];
  await organiser.open(`/organise/team?org=${id}`);
  await organiser.fill('About', 'A boiler house by the river.');
  await organiser.fill('Links', 'Our site http://house.example');
  await organiser.fill('Color', '#FFD400');
  await organiser.page.getByText('Text in this color could not be read there').waitFor();
  await saves(organiser);
  await organiser.page.getByText('Write on each line a name and an address').waitFor();
  await organiser.fill('Links', 'Our site https://house.example');
  await saves(organiser);
  await organiser.hears('status', 'Saved.');

  // Somebody else saves meanwhile: nothing that is typed is lost.
  const other = await house.person({ signedInAs: await organiser.context.storageState() });
  await other.open(`/organise/team?org=${id}`);
  await other.fill('About', 'Another text.');
  await saves(other);
  await other.hears('status', 'Saved.');
  organiser.expects({ status: 412, path: '/page' });
  await organiser.fill('Links', 'Our house https://house.example');
  await saves(organiser);
  await organiser.page.getByText('Somebody else saved this meanwhile').waitFor();
  expect(await organiser.page.getByLabel('About', { exact: true }).inputValue()).toBe('Another text.');
  expect(await organiser.page.getByLabel('Links', { exact: true }).inputValue()).toContain('Our house');
  await saves(organiser);
  await organiser.hears('status', 'Saved.');

  const visitor = await house.person({ phone: true });
  await visitor.open(`/o/${id}`);
  const link = await visitor.sees('link', 'Our house');
  await visitor.page.getByText('Another text.').waitFor();
  const { colors } = await (await visitor.context.request.get(`/api/organisers/${id}`)).json();
  const [red, green, blue] = [1, 3, 5].map((at) =>
    Number.parseInt(colors.light.accent.slice(at, at + 2), 16),
  );
  expect(await link.evaluate((element) => getComputedStyle(element).color)).toBe(
    `rgb(${red}, ${green}, ${blue})`,
  );
});

test('the desk of an event gives the code of the widget, and its preview is the widget', async () => {
  const organiser = await house.person();
  await organiser.open('/sign-in');
  await signIn(organiser, 'organiser@example.com');
  const event = await (await organiser.context.request.get('/api/events/night-shift')).json();
  await organiser.open(`/organise/events/${event.id}`);
  await organiser.press('Widget');
  await organiser.fill('Text of the button', 'Buy "here"');
  await organiser.fill('Name of the link', 'news-1');
  const code = organiser.page.locator('pre code');
  expect(await code.textContent()).toBe(
    `<script src="${house.url}/widget.js" async></script>\n` +
      `<admit-event event="night-shift" label="Buy &quot;here&quot;" via="news-1"><a href="${house.url}/e/night-shift?via=news-1">Buy &quot;here&quot;</a></admit-event>`,
  );
  await organiser.press('Buy "here"');
  const frame = organiser.page.frameLocator('admit-event iframe');
  await frame.getByRole('heading', { name: 'Night Shift' }).waitFor();
  // On the shop's own site too, the frame is nobody but its own guest.
  expect(
    await frame.locator('body').evaluate(async () => (await fetch('/api/auth/get-session')).json()),
  ).toBeNull();
});
