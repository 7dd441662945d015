import { readFile } from 'node:fs/promises';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { webhookBodySchema, webhookTypes } from '../../../contract/webhook-events.ts';
import { days, hours } from '../../testing/clock.ts';
import { offer } from '../transfers/testing/offer.ts';
import { createDispatcher } from './dispatch.ts';
import { forgetWebhooksOut } from './forget-webhooks.ts';
import { endpointsOf, setUpHooks } from './testing/hooks.ts';

const hooks = setUpHooks();

/** The example of docs/webhooks.md as a module. */
async function documentedCode() {
  const page = await readFile(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8');
  const code = /```js\n(.*?)```/s.exec(page)?.[1] ?? '';
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(20);
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

const typesReceived = () => hooks.receiver.received.map(({ body }) => JSON.parse(body).type as string);

describe('a webhook', () => {
  test('is verified by an independent library', async () => {
    const house = await hooks.world.organiser();
    const event = await hooks.world.event({ organiser: house });
    const { secret } = await hooks.makeEndpoint(house);
    const { order } = await hooks.buy(event);
    await hooks.sendDue();
    const [got] = hooks.receiver.received.filter(({ body }) => body.includes('order.confirmed'));
    expect(got).toBeDefined();
    const verified = new Webhook(secret).verify(got?.body ?? '', got?.headers as Record<string, string>);
    expect(verified).toEqual({
      type: 'order.confirmed',
      version: 1,
      timestamp: expect.any(String),
      data: { eventId: event.id, orderId: order.id, total: order.total },
    });
    webhookBodySchema.parse(verified);
    // The code of docs/webhooks.md says the same.
    const { verify } = await documentedCode();
    expect(verify(secret, got?.headers, got?.body)).toEqual(verified);
    expect(() => verify(secret, got?.headers, `${got?.body} `)).toThrow('not signed');
    const other = new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`);
    expect(() => other.verify(got?.body ?? '', got?.headers as Record<string, string>)).toThrow();
  });

  test('tells of everything that the contract names', async () => {
    const house = await hooks.world.organiser();
    await hooks.makeEndpoint(house);
    const event = await hooks.world.event({ organiser: house });
    const changed = await house.client.patch(
      `/api/events/${event.id}`,
      { title: 'Later shift' },
      { 'if-match': `"${event.version}"` },
    );
    expect(changed.status).toBe(200);
    const { buyer, order } = await hooks.buy(event, 3);
    const [first, second] = order.tickets;
    const friend = await hooks.world.user();
    const offered = await offer(hooks.world, buyer, second?.id ?? '', { email: friend.email });
    const accepted = await friend.client.post(`/api/transfers/${offered.id}/acceptance`, {
      secret: offered.secret,
      name: 'Friend',
    });
    expect(accepted.status, JSON.stringify(accepted.body)).toBe(200);
    const { code } = (await buyer.client.get(`/api/tickets/${first?.id}`)).body;
    const scanned = await house.client.post(`/api/events/${event.id}/check-ins`, {
      code,
      nonce: 'nonce-0000000001',
    });
    expect(scanned.status, JSON.stringify(scanned.body)).toBe(201);
    const undone = await house.client.post(`/api/events/${event.id}/check-ins/${scanned.body.id}/undo`, {
      reason: 'mistake',
    });
    expect(undone.status, JSON.stringify(undone.body)).toBeLessThan(300);
    const third = order.tickets[2]?.id;
    const part = await buyer.client.post(`/api/orders/${order.id}/cancellation`, { tickets: [third] });
    expect(part.status, JSON.stringify(part.body)).toBeLessThan(300);
    await hooks.world.drain();
    const cancelled = await house.client.post(`/api/events/${event.id}/cancellation`, {
      reason: 'Rain',
      refund: 'full',
    });
    expect(cancelled.status, JSON.stringify(cancelled.body)).toBe(202);
    await hooks.world.drain();
    await hooks.sendDue();
    expect(new Set(typesReceived())).toEqual(new Set(webhookTypes));
    for (const { body } of hooks.receiver.received) {
      webhookBodySchema.parse(JSON.parse(body));
      expect(body).not.toContain('Ada');
      expect(body).not.toContain('ada@example.com');
    }
  });

  test('has the buyer only if the endpoint asks, and the log never does', async () => {
    const house = await hooks.world.organiser();
    const event = await hooks.world.event({ organiser: house, priceMinor: 0 });
    const { endpoint } = await hooks.makeEndpoint(house, { types: ['order.confirmed'], withBuyer: true });
    hooks.receiver.behave = (response, { body }) => response.writeHead(500).end(`echo ${body}`);
    await hooks.buy(event);
    await hooks.sendDue();
    expect(JSON.parse(hooks.receiver.received[0]?.body ?? '').data.buyer).toEqual({
      name: 'Ada Osei',
      email: 'ada@example.com',
    });
    const [delivery] = await hooks.logOf(house, endpoint);
    const full = await hooks.oneOf(house, endpoint, delivery?.id);
    expect(full.log[0]?.excerpt).toContain('echo');
    expect(JSON.stringify(full)).not.toMatch(/Ada|ada@/);
    const { rows } = await hooks.world.app.db.pool.query(
      'select m::text || coalesce(a::text, $1) as text from webhook_messages m left join webhook_attempts a on true',
      [''],
    );
    for (const { text } of rows) expect(text).not.toMatch(/Ada|ada@/);
  });

  test('goes only to endpoints of its organisation that chose its type', async () => {
    const [house, other] = [await hooks.world.organiser(), await hooks.world.organiser()];
    const event = await hooks.world.event({ organiser: house, priceMinor: 0 });
    const refunds = await hooks.makeEndpoint(house, { types: ['order.refunded'] });
    const stranger = await hooks.makeEndpoint(other);
    const own = await hooks.makeEndpoint(house, { types: ['order.confirmed'] });
    await hooks.buy(event);
    await hooks.sendDue();
    expect(typesReceived()).toEqual(['order.confirmed']);
    expect(await hooks.logOf(house, refunds.endpoint)).toEqual([]);
    expect(await hooks.logOf(other, stranger.endpoint)).toEqual([]);
    expect(await hooks.logOf(house, own.endpoint)).toMatchObject([
      { status: 'delivered', lastStatus: 200, attempts: 1 },
    ]);
  });

  test('is noted once, however often the outbox delivers its message', async () => {
    const house = await hooks.world.organiser();
    const event = await hooks.world.event({ organiser: house, priceMinor: 0 });
    const { endpoint } = await hooks.makeEndpoint(house, { types: ['order.confirmed'] });
    await hooks.buy(event);
    await hooks.sendDue();
    await hooks.world.app.db.run(`update outbox_cursors set id = 0 where sink = 'webhooks'`);
    const again = await hooks.world.another();
    await again.app.relay.drain();
    await hooks.sendDue();
    expect(await hooks.logOf(house, endpoint)).toHaveLength(1);
    expect(hooks.receiver.received).toHaveLength(1);
  });

  test('is sent by another process if the first one dies while it sends', async () => {
    const house = await hooks.world.organiser();
    const event = await hooks.world.event({ organiser: house, priceMinor: 0 });
    const { endpoint } = await hooks.makeEndpoint(house, { types: ['order.confirmed'] });
    const arrived = Promise.withResolvers<void>();
    hooks.receiver.behave = () => arrived.resolve();
    await hooks.buy(event);
    await hooks.world.app.relay.drain();
    // This one never gets an answer, and records nothing.
    const never = new Promise<never>(() => {});
    const dying = createDispatcher({
      ...hooks.world.app,
      webhookSender: { mayUse: () => true, send: () => never },
    });
    await dying.step();
    await hooks.sendDue();
    expect(hooks.receiver.received).toHaveLength(0);
    hooks.receiver.behave = (response) => response.end();
    hooks.world.clock.advance(61_000);
    await hooks.sendDue();
    expect(hooks.receiver.received).toHaveLength(1);
    expect(await hooks.logOf(house, endpoint)).toMatchObject([{ status: 'delivered' }]);
  });
});

describe('a rotation', () => {
  test('has both secrets sign for a while', async () => {
    const house = await hooks.world.organiser();
    const { endpoint, secret } = await hooks.makeEndpoint(house);
    const path = `${endpointsOf(house)}/${endpoint.id}`;
    const rotated = await house.client.post(`${path}/secret`, { overlapHours: 24 });
    const next = rotated.body.secret as string;
    const verifyWith = async () => {
      hooks.receiver.received = [];
      await house.client.post(`${path}/tests`, {});
      await hooks.sendDue();
      const [got] = hooks.receiver.received;
      return [secret, next].map((each) => {
        try {
          return Boolean(new Webhook(each).verify(got?.body ?? '', got?.headers as Record<string, string>));
        } catch {
          return false;
        }
      });
    };
    expect(await verifyWith()).toEqual([true, true]);
    hooks.world.clock.advance(hours(24));
    expect(await verifyWith()).toEqual([false, true]);
  });
});

describe('an endpoint', () => {
  test('takes only addresses to which webhooks may be sent', async () => {
    const house = await hooks.world.organiser();
    const make = (url: string) =>
      house.client.post(endpointsOf(house), { url, types: ['order.confirmed'], withBuyer: false });
    for (const url of ['http://shop.example.com/hooks', 'https://localhost/hooks', 'https://10.0.0.1/'])
      expect((await make(url)).body).toMatchObject({ code: 'webhook_url_refused' });
    expect((await make('https://shop.example.com/hooks')).status).toBe(201);
  });

  test('is changed by version, and shows its secret once', async () => {
    const house = await hooks.world.organiser();
    const { endpoint, secret } = await hooks.makeEndpoint(house);
    const path = `${endpointsOf(house)}/${endpoint.id}`;
    const change = (version: number) =>
      house.client.patch(path, { types: ['event.changed'] }, { 'if-match': `"${version}"` });
    expect((await change(1)).body).toMatchObject({ types: ['event.changed'], version: 2 });
    expect((await change(1)).body).toMatchObject({ code: 'version_mismatch', version: 2 });
    const listed = await house.client.get(endpointsOf(house));
    expect(JSON.stringify(listed.body)).not.toContain(secret);
    const { rows } = await hooks.world.app.db.pool.query(
      'select webhook_endpoints::text as text from webhook_endpoints',
    );
    for (const { text } of rows) expect(text).not.toContain(secret.slice(6));
    expect((await house.client.delete(path)).status).toBe(204);
    expect((await house.client.get(`${path}/deliveries`)).status).toBe(404);
  });

  test('has no more than twenty beside it', async () => {
    const house = await hooks.world.organiser();
    const body = { url: hooks.receiver.url, types: ['order.confirmed'], withBuyer: false };
    const made = await Promise.all(
      Array.from({ length: 23 }, () => house.client.post(endpointsOf(house), body)),
    );
    expect(made.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(made.find(({ status }) => status !== 201)?.body).toMatchObject({
      code: 'too_many_webhook_endpoints',
    });
  });
});

test('what was sent is forgotten after thirty days', async () => {
  const house = await hooks.world.organiser();
  const { endpoint } = await hooks.makeEndpoint(house);
  await house.client.post(`${endpointsOf(house)}/${endpoint.id}/tests`, {});
  await hooks.sendDue();
  hooks.world.clock.advance(days(29));
  await forgetWebhooksOut(hooks.world.app, hooks.world.clock.now());
  expect(await hooks.logOf(house, endpoint)).toHaveLength(1);
  hooks.world.clock.advance(days(2));
  await forgetWebhooksOut(hooks.world.app, hooks.world.clock.now());
  expect(await hooks.logOf(house, endpoint)).toEqual([]);
});
