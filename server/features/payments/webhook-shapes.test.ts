import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorld, type World } from '../../testing/world.ts';
import { openBooks } from './testing/books.ts';
import { purchase } from './testing/purchase.ts';
import { sendWebhook, webhookOf, webhookSecret } from './testing/webhook.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ SANDBOX_WEBHOOK_SECRET: webhookSecret, LOG_LEVEL: 'silent' });
});
afterAll(() => world.close());

const event = (more: object) => JSON.stringify({ id: 'evt_shape', type: 'made.up', data: {}, ...more });
const intent = (object: unknown, id: string) =>
  event({ id: `evt_intent_${id}`, type: 'payment_intent.succeeded', data: { object } });

const bodies: [what: string, body: string, outcome: string][] = [
  ['null', 'null', 'unreadable'],
  ['a list', '[]', 'unreadable'],
  ['a number', '7', 'unreadable'],
  ['a text', '"paid"', 'unreadable'],
  ['no JSON', 'paid=1\0', 'unreadable'],
  ['half of its JSON', '{"id":"evt_1",', 'unreadable'],
  ['no id', '{"type":"charge.captured"}', 'unreadable'],
  ['an id that is a number', '{"id":1,"type":"charge.captured"}', 'unreadable'],
  ['NUL in the id', event({ id: 'evt_\0' }), 'unreadable'],
  ['half a pair in the type', event({ id: 'evt_half', type: 'x\ud800' }), 'unreadable'],
  ['an id of 300 letters', event({ id: 'e'.repeat(300) }), 'unreadable'],
  ['a type that we do not know', event({ id: 'evt_unknown' }), 'ignored'],
  ['NUL in what we do not read', event({ id: 'evt_nul', data: { note: 'a\0b', half: '\udc00' } }), 'ignored'],
  [
    'lists in lists',
    `{"id":"evt_deep","type":"x","data":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    'ignored',
  ],
  ['a megabyte', event({ id: 'evt_large', data: { note: 'x'.repeat(1_000_000) } }), 'ignored'],
  [
    'money without data',
    event({ id: 'evt_bare', type: 'payment_intent.succeeded', data: null }),
    'unreadable',
  ],
  ['money of nothing', intent(null, 'null'), 'unreadable'],
  ['money that is a list', intent([], 'list'), 'unreadable'],
  ['NUL in the intent', intent({ id: 'pi_\0', amount_received: 1, currency: 'eur' }, 'nul'), 'unreadable'],
  ['an amount of text', intent({ id: 'pi_1', amount_received: 'x', currency: 'eur' }, 'text'), 'unreadable'],
  [
    'an amount beyond all',
    intent({ id: 'pi_2', amount_received: 1e300, currency: 'eur' }, 'much'),
    'unreadable',
  ],
];

describe('a webhook with a good signature is answered once for all', () => {
  test.each(bodies)('%s', async (_what, body, outcome) => {
    const kept = () =>
      openBooks(world).rows<{ body: string; outcome: string; done: boolean }>(
        `select encode(payload, 'hex') as body, outcome, processed_at is not null as done
         from webhook_events where payload = $1`,
        Buffer.from(body),
      );
    expect(await sendWebhook(world, body)).toMatchObject({ status: 200, body: { received: true } });
    // Nothing is lost: its bytes are there, as they were signed.
    expect(await kept()).toEqual([{ body: Buffer.from(body).toString('hex'), outcome, done: true }]);
    // The provider may repeat it all the same.
    expect((await sendWebhook(world, body)).status).toBe(200);
    expect(await kept()).toHaveLength(1);
  });

  test('and unsigned it is refused, whatever it is', async () => {
    for (const [, body] of bodies)
      expect(await sendWebhook(world, body, 't=1,v1=00')).toMatchObject({
        status: 400,
        body: { code: 'webhook_signature_invalid' },
      });
  });
});

test('unreadable webhooks at the same time do not keep a payment from being confirmed', async () => {
  const bought = await purchase(world, await world.event());
  const nul = (i: number) => sendWebhook(world, event({ id: `evt_beside_${i}`, data: { note: '\0' } }));
  const answers = await Promise.all([nul(1), sendWebhook(world, webhookOf(bought)), nul(2), nul(3)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect((await bought.order()).status).toBe('confirmed');
});
