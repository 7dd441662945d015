import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Order } from '../../../../contract/orders.ts';
import { webhookTypes } from '../../../../contract/webhook-events.ts';
import type { FullWebhookDelivery, WebhookDelivery, WebhookEndpoint } from '../../../../contract/webhooks.ts';
import { createWorld, type Organiser, type TestEvent, type World } from '../../../testing/world.ts';
import { createDispatcher, type Dispatcher } from '../dispatch.ts';
import { openReceiver, type Receiver } from './receiver.ts';

export const endpointsOf = ({ organisationId }: Organiser) =>
  `/api/organisations/${organisationId}/webhook-endpoints`;

/** A world with a program that gets webhooks. They are sent only when the test says so. */
interface Hooks {
  world: World;
  receiver: Receiver;
  dispatcher: Dispatcher;
  makeEndpoint(
    house: Organiser,
    more?: Record<string, unknown>,
  ): Promise<{ endpoint: WebhookEndpoint; secret: string }>;
  /** Notes what is to be sent, and sends what is due now. */
  sendDue(): Promise<void>;
  logOf(house: Organiser, endpoint: WebhookEndpoint, query?: string): Promise<WebhookDelivery[]>;
  oneOf(house: Organiser, endpoint: WebhookEndpoint, delivery?: string): Promise<FullWebhookDelivery>;
  readEndpoint(house: Organiser, endpoint: WebhookEndpoint): Promise<WebhookEndpoint>;
  buy(
    event: TestEvent,
    quantity?: number,
  ): Promise<{ buyer: Awaited<ReturnType<World['guest']>>; order: Order }>;
}

export function setUpHooks(): Hooks {
  const hooks = {} as Hooks;
  beforeAll(async () => {
    const receiver = await openReceiver();
    const world = await createWorld({ WEBHOOK_PRIVATE_HOSTS: receiver.host });
    Object.assign(hooks, { receiver, world, dispatcher: createDispatcher(world.app), ...actions(hooks) });
  });
  afterAll(async () => {
    await hooks.world.close();
    await hooks.receiver.close();
  });
  afterEach(async () => {
    // Otherwise an endpoint of one test would get webhooks again in the next.
    await hooks.world.app.db.run('delete from webhook_endpoints');
    hooks.receiver.received = [];
    hooks.receiver.behave = (response) => response.end('ok');
  });
  return hooks;
}

const actions = (hooks: Hooks): Omit<Hooks, 'world' | 'receiver' | 'dispatcher'> => ({
  async makeEndpoint(house, more = {}) {
    const body = { url: hooks.receiver.url, types: [...webhookTypes], withBuyer: false, ...more };
    const made = await house.client.post(endpointsOf(house), body);
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body;
  },
  async sendDue() {
    await hooks.world.app.relay.drain();
    await hooks.dispatcher.step();
    await hooks.dispatcher.rest();
  },
  logOf: async (house, { id }, query = '') =>
    (await house.client.get(`${endpointsOf(house)}/${id}/deliveries${query}`)).body.items,
  oneOf: async (house, { id }, delivery = '') =>
    (await house.client.get(`${endpointsOf(house)}/${id}/deliveries/${delivery}`)).body,
  readEndpoint: async (house, { id }) =>
    (await house.client.get(endpointsOf(house))).body.items.find((each: WebhookEndpoint) => each.id === id),
  async buy(event, quantity = 1) {
    const { world } = hooks;
    const buyer = await world.guest();
    const items = [{ ticketTypeId: event.ticketTypeId, quantity }];
    const held = await buyer.client.post(`/api/events/${event.id}/holds`, { items });
    const person = { name: 'Ada Osei', email: 'ada@example.com' };
    const placed = await buyer.client.post('/api/orders', { holdId: held.body.id, buyer: person });
    expect(placed.status).toBe(201);
    const { order, payment } = placed.body;
    if (payment)
      await buyer.client.post(`/api/sandbox/payments/${payment.id}/confirmation`, {
        clientSecret: payment.clientSecret,
        card: { number: '4242424242424242' },
      });
    await world.drain();
    const { body } = await buyer.client.get(`/api/orders/${order.id}`);
    expect(body.status).toBe('confirmed');
    return { buyer, order: body };
  },
});
