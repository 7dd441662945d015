import { apiKeyScopes } from '../../../contract/api-key-scopes.ts';
import { webhookTypes } from '../../../contract/webhook-events.ts';
import type { Person } from './browsers.ts';
import { next, opens, type Stop } from './stop.ts';

const longName = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk';

/** Makes something for the organiser's first organisation. */
async function make({ context }: Person, what: string, data: unknown): Promise<void> {
  const me = await (await context.request.get('/api/me')).json();
  const made = await context.request.post(`/api/organisations/${me.organisations[0].id}/${what}`, { data });
  if (!made.ok()) throw new Error(`not made: ${made.status()} ${await made.text()}`);
}

/** The pages of API keys and webhooks. */
export const integrationStops = {
  apiKeys: {
    all: async (walkers) => {
      await make(walkers.organiser, 'api-keys', { name: longName, scopes: [...apiKeyScopes] });
      return opens('organiser', '/organise/api-keys')(walkers);
    },
    'making one, and what is wrong': next('organiser', async ({ press, page }, { integrations }) => {
      await press(integrations.makeKey);
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: integrations.make, exact: true }).click();
      await page.locator('input[aria-invalid=true]').waitFor();
    }),
  },
  webhooks: {
    all: async (walkers) => {
      const url = `https://shop.example.com/${longName}`;
      await make(walkers.organiser, 'webhook-endpoints', { url, types: [...webhookTypes], withBuyer: true });
      return opens('organiser', '/organise/webhooks')(walkers);
    },
    'adding one': next('organiser', ({ press }, { integrations }) => press(integrations.makeHook)),
  },
  webhook: {
    log: async (walkers) => {
      const { page } = await opens('organiser', '/organise/webhooks')(walkers);
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
