import { next, opens, type Stop } from './stop.ts';

const longName = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk';

/** What anybody may report, and what admins of the platform decide. */
export const moderationStops = {
  report: {
    'what is missing': async ({ stranger, words }) => {
      await stranger.open('/reports/night-shift');
      await stranger.press(words.reports.send);
      await stranger.page.locator('[aria-invalid=true]').first().waitFor();
      return stranger;
    },
    sent: next('stranger', async (person, { reports }) => {
      await person.fill(reports.facts, 'The band says that it does not play there.');
      await person.page.getByRole('checkbox').check();
      await person.press(reports.send);
      await person.page.locator('main [role=status]').waitFor();
    }),
    'without the secret': async ({ stranger }) => {
      stranger.expects({ status: 404, path: '/decisions' });
      await stranger.open(`/reports/mdc_00000000000000000000000000#${'x'.repeat(32)}`);
      await stranger.sees('alert');
      return stranger;
    },
  },
  platformDesk: {
    reports: async (walkers) => {
      const { context } = walkers.organiser;
      const { id } = await (await context.request.get('/api/events/night-shift')).json();
      const data = { category: 'fraud', text: longName, goodFaith: true };
      const sent = await context.request.post(`/api/events/${id}/reports`, { data });
      if (sent.status() !== 202) throw new Error(`not reported: ${sent.status()} ${await sent.text()}`);
      return opens('organiser', '/admin/reports')(walkers);
    },
    'deciding, and what is missing': next('organiser', async ({ page }, { moderation }) => {
      await page.getByText(moderation.statement, { exact: true }).first().click();
      await page.getByRole('button', { name: moderation.dismiss, exact: true }).first().click();
      await page.locator('[aria-invalid=true]').first().waitFor();
    }),
    users: opens('organiser', '/admin/users'),
    organisations: opens('organiser', '/admin/organisations'),
    events: opens('organiser', '/admin/events'),
    orders: opens('organiser', '/admin/orders'),
    appeals: opens('organiser', '/admin/appeals?state=answered'),
    'the log': opens('organiser', '/admin/log'),
    'an entry of it, and what is wrong': next('organiser', async (person, { log }) => {
      await person.page.locator('main details').first().locator('summary').click();
      await person.fill(log.about, 'the order of Ada');
      await person.page.locator('[aria-invalid=true]').waitFor();
    }),
    'all that waits': opens('organiser', '/admin/work'),
    'what is missing there': next('organiser', async ({ page }, { admin }) => {
      await page.getByRole('button', { name: admin.writeOff }).first().click();
      await page.locator('[aria-invalid=true]').first().waitFor();
    }),
    'orders of the whole platform that wait': opens('organiser', '/admin/order-reviews'),
    'all that is due': opens('organiser', '/admin/payouts'),
  },
} as const satisfies Record<string, Record<string, Stop>>;
