import { apiKeyScopes } from '../../contract/api-key-scopes.ts';
import type { Cast } from './cast.ts';
import type { Person, World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
  person: Person | null;
}

const root = ({ cast }: Pick<Stage, 'cast'>) => `/api/organisations/${cast.house.organisationId}`;

/** A key of the caller, because only the person who made a key can give it another secret. */
async function key(stage: Stage) {
  const { client } = stage.person ?? stage.cast.house;
  const path = `${root(stage)}/api-keys`;
  const body = { name: 'Shop', scopes: [...apiKeyScopes] };
  const made = await client.post(path, body);
  // Callers without access use the key of the owner.
  const { status, body: answer } =
    made.status === 201 ? made : await stage.cast.house.client.post(path, body);
  if (status !== 201) throw new Error(`no key: ${JSON.stringify(answer)}`);
  return { params: { apiKeyId: answer.key.id as string } };
}

async function roomForEndpoints({ cast, world }: Stage): Promise<void> {
  // An organisation has a limit, and a test may ask for more requests than that.
  await world.app.db.run('delete from webhook_endpoints where organisation_id = $1', [
    cast.house.organisationId,
  ]);
}

async function endpoint(stage: Stage) {
  await roomForEndpoints(stage);
  const made = await stage.cast.house.client.post(`${root(stage)}/webhook-endpoints`, {
    url: 'https://shop.example.com/hooks',
    types: ['order.confirmed'],
    withBuyer: false,
  });
  if (made.status !== 201) throw new Error(`no endpoint: ${JSON.stringify(made.body)}`);
  return {
    params: { endpointId: made.body.endpoint.id as string },
    version: made.body.endpoint.version as number,
  };
}

/** A webhook of the endpoint that has failed. */
async function delivery(stage: Stage) {
  const { params } = await endpoint(stage);
  const tested = await stage.cast.house.client.post(
    `${root(stage)}/webhook-endpoints/${params.endpointId}/tests`,
    {},
  );
  if (tested.status !== 202) throw new Error(`no test: ${JSON.stringify(tested.body)}`);
  await stage.world.app.db.run(
    `update webhook_deliveries set status = 'failed', next_at = null, finished_at = since where id = $1`,
    [tested.body.id],
  );
  return { params: { ...params, deliveryId: tested.body.id as string } };
}

/** For possible.ts: what the operations on API keys and webhooks need. */
export const integrationPreparations = {
  rotateApiKey: key,
  revokeApiKey: key,
  makeWebhookEndpoint: async (stage: Stage) => {
    await roomForEndpoints(stage);
    return {};
  },
  changeWebhookEndpoint: endpoint,
  deleteWebhookEndpoint: endpoint,
  rotateWebhookSecret: endpoint,
  testWebhookEndpoint: endpoint,
  listWebhookDeliveries: delivery,
  getWebhookDelivery: delivery,
  replayWebhook: delivery,
  replayFailedWebhooks: async (stage: Stage) => ({
    ...(await delivery(stage)),
    body: { since: new Date(stage.world.clock.now().getTime() - 3_600_000).toISOString() },
  }),
};
