import { apiKeyScopes } from '../../../contract/api-key-scopes.ts';
import { webhookTypes } from '../../../contract/webhook-events.ts';
import type { Person } from './browsers.ts';
import { next, opens, type Stop } from './stop.ts';

const longName = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk';

/** Makes something for the organiser's first organisation. Returns the organisation. */
async function make({ context }: Person, what: string, data: unknown): Promise<string> {
  const me = await (await context.request.get('/api/me')).json();
  const { id } = me.organisations[0];
  const made = await context.request.post(`/api/organisations/${id}/${what}`, { data });
  if (!made.ok()) throw new Error(`not made: ${made.status()} ${await made.text()}`);
  return id;
}

/** Opens the list of webhooks with one of its own. The organisation is named, because the organiser has several. */
const withEndpoint: Stop = async (walkers) => {
  const url = `https://shop.example.com/${longName}`;
  const data = { url, types: [...webhookTypes], withBuyer: true };
  const org = await make(walkers.organiser, 'webhook-endpoints', data);
  return opens('organiser', `/organise/webhooks?org=${org}`)(walkers);
};

/** The pages of API keys and webhooks. */
export const integrationStops = {
  bank: {
    empty: opens('organiser', '/organise/bank'),
    'what is wrong': next('organiser', async ({ page }, { bank }) => {
      await page.getByLabel(bank.offer, { exact: true }).check();
      await page.locator('main form button[type=submit]').click();
      await page.locator('[aria-invalid=true]').first().waitFor();
    }),
  },
  apiKeys: {
    all: async (walkers) => {
      const org = await make(walkers.organiser, 'api-keys', { name: longName, scopes: [...apiKeyScopes] });
      return opens('organiser', `/organise/api-keys?org=${org}`)(walkers);
    },
    'making one, and what is wrong': next('organiser', async ({ press, page }, { integrations }) => {
      await press(integrations.makeKey);
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: integrations.make, exact: true }).click();
      await page.locator('input[aria-invalid=true]').waitFor();
    }),
  },
  webhooks: {
    all: withEndpoint,
    'adding one': next('organiser', ({ press }, { integrations }) => press(integrations.makeHook)),
  },
  webhook: {
    log: async (walkers) => {
      const { page } = await withEndpoint(walkers);
      await page.locator('main li a').first().click();
      await page.locator('section[aria-labelledby=log]').waitFor();
      return walkers.organiser;
    },
    'a test': next('organiser', async ({ press, page }, { integrations }) => {
      await press(integrations.test);
      await page.locator('section[aria-labelledby=log] details summary').first().click();
      await page.locator('section[aria-labelledby=log] pre').first().waitFor();
    }),
  },
} satisfies Record<string, Record<string, Stop>>;
