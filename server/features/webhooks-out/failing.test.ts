import { describe, expect, test } from 'vitest';
import type { WebhookEndpoint } from '../../../contract/webhooks.ts';
import { createWebhookSender } from '../../adapters/webhooks/sender.ts';
import { systemClock } from '../../clock.ts';
import { days, hours } from '../../testing/clock.ts';
import { lettersTo } from '../transfers/testing/offer.ts';
import { createDispatcher } from './dispatch.ts';
import { endpointsOf, setUpHooks } from './testing/hooks.ts';
import { openReceiver, type Receiver } from './testing/receiver.ts';

const hooks = setUpHooks();

describe('a receiver that fails', () => {
  async function withFailure(behave: Receiver['behave']) {
    const house = await hooks.world.organiser();
    const event = await hooks.world.event({ organiser: house, priceMinor: 0 });
    const { endpoint } = await hooks.makeEndpoint(house, { types: ['order.confirmed'] });
    hooks.receiver.behave = behave;
    await hooks.buy(event);
    await hooks.sendDue();
    return { house, endpoint };
  }

  test('gets the same webhook again for three days, then is switched off with a mail', async () => {
    const { house, endpoint } = await withFailure((response) => response.writeHead(500).end('broken'));
    const began = hooks.world.clock.now().getTime();
    for (let round = 0; round < 20; round++) {
      const [delivery] = await hooks.logOf(house, endpoint);
      if (!delivery?.nextAt) break;
      hooks.world.clock.advance(Date.parse(delivery.nextAt) - hooks.world.clock.now().getTime());
      await hooks.sendDue();
    }
    expect(hooks.world.clock.now().getTime() - began).toBe(days(3));
    const [delivery] = await hooks.logOf(house, endpoint);
    expect(delivery).toMatchObject({ status: 'failed', attempts: 12, lastStatus: 500, nextAt: null });
    expect(hooks.receiver.received).toHaveLength(12);
    expect(new Set(hooks.receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([delivery?.messageId]),
    );
    expect(await hooks.readEndpoint(house, endpoint)).toMatchObject({ disabled: { reason: 'failures' } });
    const [mail] = await lettersTo(hooks.world, house.email);
    expect(mail?.subject).toContain(`127.0.0.1:${hooks.receiver.port}`);
    const log = await house.client.get(`/api/organisations/${house.organisationId}/audit-log`);
    expect(log.body.items[0]).toMatchObject({
      act: 'webhook_endpoint.changed',
      actor: { kind: 'system' },
      after: { enabled: false, reason: 'failures' },
    });
  });

  test('is not switched off while other webhooks arrive', async () => {
    const { house, endpoint } = await withFailure((response, { body }) =>
      response.writeHead(body.includes('order.confirmed') ? 500 : 200).end(),
    );
    for (let round = 0; round < 20; round++) {
      const [delivery] = await hooks.logOf(house, endpoint, '?status=pending');
      if (!delivery?.nextAt) break;
      hooks.world.clock.advance(Date.parse(delivery.nextAt) - hooks.world.clock.now().getTime());
      await house.client.post(`${endpointsOf(house)}/${endpoint.id}/tests`, {});
      await hooks.sendDue();
    }
    expect(await hooks.logOf(house, endpoint, '?status=failed')).toHaveLength(1);
    expect(await hooks.readEndpoint(house, endpoint)).toMatchObject({ disabled: null });
  });

  test('is switched off at once if it answers 410', async () => {
    const { house, endpoint } = await withFailure((response) => response.writeHead(410).end());
    expect(await hooks.readEndpoint(house, endpoint)).toMatchObject({ disabled: { reason: 'gone' } });
    const [mail] = await lettersTo(hooks.world, house.email);
    expect(mail?.subject).toContain(`127.0.0.1:${hooks.receiver.port}`);
    // What happens meanwhile can be sent later.
    const event = await hooks.world.event({ organiser: house, priceMinor: 0 });
    await hooks.buy(event);
    await hooks.sendDue();
    expect(hooks.receiver.received).toHaveLength(1);
    const path = `${endpointsOf(house)}/${endpoint.id}`;
    const replays = (since: Date) => house.client.post(`${path}/replays`, { since: since.toISOString() });
    const since = new Date(hooks.world.clock.now().getTime() - hours(1));
    expect((await replays(since)).body).toMatchObject({ code: 'webhook_endpoint_disabled' });
    const { version } = await hooks.readEndpoint(house, endpoint);
    const on = await house.client.patch(path, { enabled: true }, { 'if-match': `"${version}"` });
    expect(on.body).toMatchObject({ disabled: null });
    hooks.receiver.behave = (response) => response.end();
    hooks.receiver.received = [];
    expect((await replays(since)).body).toEqual({ count: 2 });
    await hooks.sendDue();
    expect(hooks.receiver.received).toHaveLength(2);
    expect((await hooks.logOf(house, endpoint)).map(({ status }) => status)).toEqual([
      'delivered',
      'delivered',
    ]);
    const [first] = await hooks.logOf(house, endpoint);
    const before = (await hooks.oneOf(house, endpoint, first?.id)).log.length;
    expect((await house.client.post(`${path}/deliveries/${first?.id}/replays`, {})).status).toBe(202);
    await hooks.sendDue();
    expect(hooks.receiver.received).toHaveLength(3);
    expect((await hooks.oneOf(house, endpoint, first?.id)).log).toHaveLength(before + 1);
  });

  test('says with Retry-After when to come back', async () => {
    const { house, endpoint } = await withFailure((response) =>
      response.writeHead(503, { 'retry-after': '3600' }).end(),
    );
    const [delivery] = await hooks.logOf(house, endpoint);
    expect(Date.parse(delivery?.nextAt ?? '') - hooks.world.clock.now().getTime()).toBe(hours(1));
  });

  test('holds up no other receiver while it hangs', async () => {
    const house = await hooks.world.organiser();
    const hanging = await openReceiver();
    hanging.behave = () => {};
    const slow = createWebhookSender({
      clock: systemClock,
      privateHosts: [hanging.host, hooks.receiver.host],
      withinMs: 2000,
    });
    const { app } = hooks.world;
    const makes = app.webhookSender;
    app.webhookSender = slow;
    try {
      const stuck = await hooks.makeEndpoint(house, { url: hanging.url });
      const fine = await hooks.makeEndpoint(house);
      const path = (of: WebhookEndpoint) => `${endpointsOf(house)}/${of.id}/tests`;
      for (let i = 0; i < 8; i++) await house.client.post(path(stuck.endpoint), {});
      await house.client.post(path(fine.endpoint), {});
      const own = createDispatcher(app);
      await own.step();
      // The other one has its webhook while the first ones still wait, of which only five are on their way.
      await expect.poll(() => hooks.logOf(house, fine.endpoint)).toMatchObject([{ status: 'delivered' }]);
      await expect.poll(() => hanging.received.length).toBe(5);
      expect((await hooks.logOf(house, stuck.endpoint)).every(({ status }) => status === 'pending')).toBe(
        true,
      );
      await expect
        .poll(
          async () => (await hooks.logOf(house, stuck.endpoint)).filter(({ lastError }) => lastError).length,
          {
            timeout: 10_000,
          },
        )
        .toBeGreaterThanOrEqual(5);
      expect((await hooks.logOf(house, stuck.endpoint)).at(-1)?.lastError).toContain('no answer within 2 s');
      own.end();
      await own.rest();
    } finally {
      app.webhookSender = makes;
      await hanging.close();
    }
  });
});
