import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person, TestEvent, World } from '../../testing/world.ts';
import { createWorld } from '../../testing/world.ts';
import { cards, type Purchase, purchase } from './testing/purchase.ts';
import { dispute, fraudWarning, stripeEvent } from './testing/stripe-events.ts';
import { pricedEvent } from './testing/watch-disputes.ts';
import { sendWebhook, webhookSecret } from './testing/webhook.ts';

/* The team hears of disputes by mail, each member in the language of their account. */

const version = '2026-10-28.endive';
const at = 1_790_000_100;
let world: World;
let event: TestEvent;
let manager: Person;
let finance: Person;
let elsewhere: Person;
let door: Person;
beforeAll(async () => {
  world = await createWorld({ SANDBOX_WEBHOOK_SECRET: webhookSecret, LOG_LEVEL: 'silent' });
  event = await world.event(pricedEvent);
  manager = await world.member(event.organiser, 'manager');
  finance = await world.member(event.organiser, 'finance');
  const { id: another } = await world.event({ organiser: event.organiser });
  elsewhere = await world.member(event.organiser, 'manager', [another]);
  door = await world.member(event.organiser, 'door');
  expect((await manager.client.patch('/api/me/profile', { language: 'de' })).body.language).toBe('de');
});
afterAll(() => world.close());

async function paid(): Promise<Purchase> {
  const of = await purchase(world, event, { quantity: 2 });
  await of.pay(cards.success);
  await world.drain();
  return of;
}

let seconds = 0;
/** Tells of a dispute three times, as a provider does whose calls are answered late. */
async function tell(of: Purchase, type: string, status: string, more: object = {}): Promise<void> {
  const body = dispute(of, version, { id: `dp_${of.orderId}`, status, ...more });
  const told = stripeEvent(version, `charge.dispute.${type}`, body, at + ++seconds);
  for (const _ of [1, 2, 3]) expect((await sendWebhook(world, told)).status).toBe(200);
  await world.drain();
  // The mailbox lists mails by their instant.
  world.clock.advance(1000);
}

interface Mail {
  subject: string;
  text: string;
}
async function noticesTo({ email }: Person, of: Purchase): Promise<Mail[]> {
  await world.drain();
  const { items } = (await world.client().get(`/api/mailbox?to=${encodeURIComponent(email)}`)).body;
  const { number } = await of.order();
  const mine = items.filter(({ subject }: Mail) => subject.includes(number)).toReversed();
  return Promise.all(
    mine.map(async ({ id }: { id: string }) => (await world.client().get(`/api/mailbox/${id}`)).body),
  );
}

const withdrawn = { moved: [-5000] };

test('a dispute is told at its beginning and at its end, once to everybody who may refund, in their language', async () => {
  const of = await paid();
  await tell(of, 'created', 'needs_response');
  await tell(of, 'funds_withdrawn', 'needs_response', withdrawn);
  await tell(of, 'updated', 'under_review', withdrawn);
  await tell(of, 'closed', 'lost', { ...withdrawn, dueBy: null });
  const toOwner = await noticesTo(event.organiser, of);
  const { number } = await of.order();
  expect(toOwner.map(({ subject }) => subject)).toEqual([
    `A buyer disputes a payment: Night Shift, order ${number}`,
    `A dispute was lost: Night Shift, order ${number}`,
  ]);
  expect(toOwner[0]?.text).toMatch(/answers the bank by \w+, \d+ \w+ \d{4}/);
  expect(toOwner[0]?.text).toContain('€50.00');
  expect(toOwner[0]?.text).toContain(`/organise/orders/${of.orderId}`);
  const toManager = await noticesTo(manager, of);
  expect(toManager.map(({ subject }) => subject)).toEqual([
    `Eine Zahlung wird angefochten: Night Shift, Bestellung ${number}`,
    `Eine Anfechtung ist verloren: Night Shift, Bestellung ${number}`,
  ]);
  expect(await noticesTo(finance, of)).toHaveLength(2);
  expect([...(await noticesTo(door, of)), ...(await noticesTo(elsewhere, of))]).toEqual([]);
});

test('an inquiry that becomes a dispute and is won is told three times, and a late notice of its beginning not again', async () => {
  const of = await paid();
  await tell(of, 'created', 'warning_needs_response');
  await tell(of, 'updated', 'needs_response');
  await tell(of, 'closed', 'won', { moved: [-5000, 5000] });
  seconds -= 2;
  await tell(of, 'updated', 'needs_response');
  seconds += 2;
  expect((await noticesTo(event.organiser, of)).map(({ subject }) => subject.split(':')[0])).toEqual([
    'A bank asks about a payment',
    'A buyer disputes a payment',
    'A dispute was won',
  ]);
});

test('a warning of fraud says that a refund can prevent a dispute', async () => {
  const of = await paid();
  const warning = fraudWarning(of, { id: `issfr_${of.orderId}`, actionable: true });
  const told = stripeEvent(version, 'radar.early_fraud_warning.created', warning, at);
  expect((await sendWebhook(world, told)).status).toBe(200);
  const [notice, ...others] = await noticesTo(event.organiser, of);
  expect(others).toEqual([]);
  expect(notice?.text).toContain('If you refund the order now, you can prevent a dispute.');
});
