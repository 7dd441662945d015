import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FakeStripe, startFakeStripe } from '../../adapters/payments/testing/fake-stripe.ts';
import { audit } from '../../audit/audit.ts';
import { sign } from '../../http/signature.ts';
import { days } from '../../testing/clock.ts';
import { createWorld, type Organiser, type Person, type World } from '../../testing/world.ts';
import { permutations } from '../payments/testing/permutations.ts';
import { purchase } from '../payments/testing/purchase.ts';
import { sendWebhook } from '../payments/testing/webhook.ts';
import { beginPayouts, payOutDue } from './begin-payouts.ts';
import { settlePayout } from './settle-payout.ts';

// Payouts by Stripe Connect. A local server simulates Stripe's API.

const secretKey = 'sk_test_payouts';
const secrets = { platform: 'whsec_of_the_platform', connect: 'whsec_of_connected' };
let fake: FakeStripe;
let world: World;
let admin: Person;

beforeAll(async () => {
  fake = await startFakeStripe(secretKey);
  world = await createWorld({
    PAYMENTS: 'stripe',
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_PUBLISHABLE_KEY: 'pk_test_payouts',
    STRIPE_WEBHOOK_SECRET: secrets.platform,
    STRIPE_CONNECT_WEBHOOK_SECRET: secrets.connect,
    STRIPE_API_URL: fake.url,
    LOG_LEVEL: 'silent',
  });
  admin = await world.admin();
});
afterAll(async () => {
  await world.close();
  await fake.close();
});
beforeEach(() => {
  fake.requests.length = 0;
});

let count = 0;
/** Sends a webhook, from the platform's account or from a connected one. */
function tell(type: string, object: object, account?: string) {
  const event = {
    id: `evt_payouts_${++count}`,
    object: 'event',
    type,
    data: { object },
    ...(account && { account }),
  };
  const body = JSON.stringify(event);
  return sendWebhook(
    world,
    body,
    sign(body, account ? secrets.connect : secrets.platform, world.clock.now()),
  );
}

/** Sells a ticket of 25.00, and waits until its money is due. */
async function earn(organiser: Organiser): Promise<void> {
  const bought = await purchase(world, await world.event({ organiser }));
  const intent = [...fake.things.values()].find(
    ({ metadata }) => (metadata as { orderId?: string })?.orderId === bought.orderId,
  );
  Object.assign(intent ?? {}, { status: 'succeeded', amount_received: 2500 });
  expect((await tell('payment_intent.succeeded', intent ?? {})).status).toBe(200);
  await world.drain();
  world.clock.advance(days(38));
}

const overview = async ({ client, organisationId }: Organiser) =>
  (await client.get(`/api/organisations/${organisationId}/payouts`)).body;
const figures = async (organiser: Organiser) => {
  const [{ owed, due, paid }] = (await overview(organiser)).balances;
  return [owed.amount, due.amount, paid.amount];
};
const connect = ({ client, organisationId }: Organiser) =>
  client.post(`/api/organisations/${organisationId}/payout-account`);

/** Changes an account at Stripe, which tells of it. */
async function changeAccount(account: string, isReady: boolean): Promise<void> {
  const state = { capabilities: { transfers: isReady ? 'active' : 'inactive' }, payouts_enabled: isReady };
  Object.assign(fake.things.get(account) ?? {}, state);
  expect((await tell('account.updated', fake.things.get(account) ?? {}, account)).status).toBe(200);
  await world.drain();
}

async function connected(): Promise<{ organiser: Organiser; account: string }> {
  const organiser = await world.organiser();
  const { url } = (await connect(organiser)).body;
  const account = url.split('/').at(-1);
  await changeAccount(account, true);
  return { organiser, account };
}

const transfersOf = (account: string) =>
  [...fake.things.values()].filter((thing) => thing.object === 'transfer' && thing.destination === account);
const isSound = async () => expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
const entriesOf = async (payoutId: string) =>
  (
    await world.app.db.query<{ kind: string }>(
      `select kind from transfers where id = 'trf_' || substr($1, 5) order by part desc`,
      [payoutId],
    )
  ).map(({ kind }) => kind);

test('an owner or finance connects an account, whose state follows Stripe in whatever order it tells', async () => {
  const organiser = await world.organiser();
  expect((await overview(organiser)).account).toBe('not_connected');
  expect((await connect({ ...organiser, ...(await world.member(organiser, 'manager')) })).status).toBe(403);
  const finance = { ...organiser, ...(await world.member(organiser, 'finance')) };
  const both = await Promise.all([connect(organiser), connect(finance)]);
  expect(both.map(({ status }) => status)).toEqual([201, 201]);
  expect(new Set(both.map(({ body }) => body.url)).size).toBe(1);
  const account = both[0]?.body.url.split('/').at(-1);
  expect(account).toMatch(/^acct_/);
  expect((await overview(organiser)).account).toBe('information_missing');
  const old = structuredClone(fake.things.get(account) ?? {});
  await changeAccount(account, true);
  expect((await overview(organiser)).account).toBe('ready');
  // An event with an earlier state arrives late, and a later one twice.
  for (const state of [old, fake.things.get(account) ?? {}, fake.things.get(account) ?? {}, old])
    expect((await tell('account.updated', state, account)).status).toBe(200);
  await world.drain();
  expect((await overview(organiser)).account).toBe('ready');
  await changeAccount(account, false);
  expect((await overview(organiser)).account).toBe('information_missing');
  // An account that is not ours, and other news of ours.
  expect((await tell('account.updated', { id: 'acct_foreign' }, 'acct_foreign')).status).toBe(200);
  expect((await tell('payout.paid', { id: 'po_1' }, account)).status).toBe(200);
  await world.drain();
});

test('a webhook of a connected account with a wrong secret is refused', async () => {
  const body = JSON.stringify({
    id: 'evt_forged',
    type: 'account.updated',
    data: { object: { id: 'acct_1' } },
  });
  const answer = await sendWebhook(world, body, sign(body, 'whsec_wrong', world.clock.now()));
  expect(answer.body.code).toBe('webhook_signature_invalid');
});

test('what is due is transferred by night, once', async () => {
  const { organiser, account } = await connected();
  await earn(organiser);
  await Promise.all([payOutDue(world.app), payOutDue(world.app)]);
  await Promise.all([world.drain(), world.drain()]);
  await payOutDue(world.app);
  await world.drain();
  const [transfer, ...more] = transfersOf(account);
  expect(more).toEqual([]);
  const [payout, ...others] = (await overview(organiser)).items;
  expect(others).toEqual([]);
  expect(payout).toMatchObject({
    amount: { amount: 2500, currency: 'EUR' },
    state: 'paid',
    reference: payout.id,
  });
  expect(transfer).toMatchObject({ amount: 2500, currency: 'eur', transfer_group: payout.id });
  expect(await entriesOf(payout.id)).toEqual(['payout_sent', 'payout']);
  expect(await figures(organiser)).toEqual([0, 0, 2500]);
  const books = await organiser.client.get(`/api/organisations/${organiser.organisationId}/books`);
  const on = new Map(
    books.body.accounts.map(({ type, balance }: { type: string; balance: number }) => [type, balance]),
  );
  expect([on.get('provider'), on.get('payout'), on.get('organiser')].map((minor) => minor ?? 0)).toEqual([
    0, 0, 0,
  ]);
  await isSound();
});

test('a crash between the call and the commit, workers at once and lost answers pay once', async () => {
  const { organiser, account } = await connected();
  await earn(organiser);
  const { organisationId } = organiser;
  await beginPayouts(world.app, { organisationId });
  const [{ id: payoutId }] = (await overview(organiser)).items;
  // The process dies after Stripe has done it.
  await world.app.payments.payoutAccounts?.transfer({
    payoutId,
    accountRef: account,
    amountMinor: 2500,
    currency: 'EUR',
  });
  expect(await figures(organiser)).toEqual([0, 0, 2500]);
  await isSound();
  await Promise.all(Array.from({ length: 5 }, () => settlePayout(world.app, { payoutId })));
  await world.drain();
  expect(transfersOf(account)).toHaveLength(1);
  expect(await entriesOf(payoutId)).toEqual(['payout_sent', 'payout']);

  await earn(organiser);
  await beginPayouts(world.app, { organisationId });
  const [{ id: second }] = (await overview(organiser)).items;
  // Nobody hears any answer to the call. What asks whether there is a transfer gets one.
  const lost = { payoutId: second, accountRef: account, amountMinor: 2500, currency: 'EUR' } as const;
  fake.troubles.push('lose-answer', 'lose-answer', 'lose-answer');
  await expect(world.app.payments.payoutAccounts?.transfer(lost)).rejects.toThrow();
  await world.drain();
  expect(transfersOf(account)).toHaveLength(2);
  expect(await figures(organiser)).toEqual([0, 0, 5000]);
  await isSound();
});

test('a refused transfer is due again, shown to admins by name, and begun again by them alone', async () => {
  const { organiser, account } = await connected();
  const { organisationId } = organiser;
  await earn(organiser);
  Object.assign(fake.things.get(account) ?? {}, { capabilities: { transfers: 'inactive' } });
  await payOutDue(world.app);
  await world.drain();
  const [failed] = (await overview(organiser)).items;
  expect(failed).toMatchObject({ state: 'failed' });
  expect(await entriesOf(failed.id)).toEqual(['payout_reversal', 'payout']);
  expect(await figures(organiser)).toEqual([2500, 2500, 0]);
  await isSound();
  const listed = async () => {
    const { items } = (await admin.client.get('/api/admin/payouts?limit=100')).body;
    return items.find((item: { organisationId: string }) => item.organisationId === organisationId);
  };
  // The provider's words may be about the platform's own account, so only admins read them.
  const reason = expect.stringContaining('transfers capability');
  expect(JSON.stringify(await overview(organiser))).not.toContain('capability');
  expect(await listed()).toMatchObject({ account: 'ready', problem: reason, due: { amount: 2500 } });
  const { items: acts } = (await admin.client.get('/api/admin/audit-log?limit=100')).body;
  expect(
    acts.find(
      ({ act, subject }: { act: string; subject: { id: string } }) =>
        act === 'payout.failed' && subject.id === organisationId,
    ),
  ).toMatchObject({ after: { reason } });
  const statement = `/api/organisations/${organisationId}/payouts/${failed.id}/statement.pdf?language=en`;
  expect((await organiser.client.get(statement)).status).toBe(404);
  await payOutDue(world.app);
  await world.drain();
  expect((await overview(organiser)).items).toHaveLength(1);

  Object.assign(fake.things.get(account) ?? {}, { capabilities: { transfers: 'active' } });
  const again = () =>
    admin.client.post(`/api/admin/organisations/${organisationId}/payout-transfers`, {
      amount: { amount: 2500, currency: 'EUR' },
    });
  const answers = await Promise.all([again(), again(), again()]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  await world.drain();
  expect(transfersOf(account)).toHaveLength(1);
  // Both were made at the same instant of the test's clock, so either may be first.
  expect((await overview(organiser)).items.map(({ state }: { state: string }) => state).sort()).toEqual([
    'failed',
    'paid',
  ]);
  expect(await listed()).toBeUndefined();
  await isSound();

  // An admin may also pay by hand.
  await earn(organiser);
  const byHand = { amount: { amount: 2500, currency: 'EUR' }, reference: 'SEPA by hand' };
  expect((await admin.client.post(`/api/admin/organisations/${organisationId}/payouts`, byHand)).status).toBe(
    201,
  );
  await payOutDue(world.app);
  await world.drain();
  expect(transfersOf(account)).toHaveLength(1);
  expect(await figures(organiser)).toEqual([0, 0, 5000]);
  await isSound();
});

test('without an account nothing is transferred', async () => {
  const organiser = await world.organiser();
  await earn(organiser);
  const answer = await admin.client.post(
    `/api/admin/organisations/${organiser.organisationId}/payout-transfers`,
    { amount: { amount: 2500, currency: 'EUR' } },
  );
  expect(answer.body.code).toBe('payout_account_not_ready');
});

const steps = ['created', 'reversed', 'reversed again', 'job'] as const;
test.each(permutations([...steps]).map((order) => [order.join(', '), order] as const))(
  'a transfer that was reversed at Stripe is owed again: %s',
  async (_, order) => {
    const { organiser, account } = await connected();
    await earn(organiser);
    await beginPayouts(world.app, { organisationId: organiser.organisationId });
    const [{ id: payoutId }] = (await overview(organiser)).items;
    await world.app.payments.payoutAccounts?.transfer({
      payoutId,
      accountRef: account,
      amountMinor: 2500,
      currency: 'EUR',
    });
    const [transfer] = transfersOf(account);
    const created = structuredClone(transfer ?? {});
    Object.assign(transfer ?? {}, { amount_reversed: 2500, reversed: true });
    for (const step of order) {
      if (step === 'job') await settlePayout(world.app, { payoutId });
      else if (step === 'created') await tell('transfer.created', created);
      else await tell('transfer.reversed', transfer ?? {});
      if (step !== 'created') await world.drain();
    }
    await world.drain();
    expect((await overview(organiser)).items).toMatchObject([{ id: payoutId, state: 'failed' }]);
    expect(await entriesOf(payoutId)).toEqual(['payout_sent', 'payout_reversal', 'payout']);
    expect(await figures(organiser)).toEqual([2500, 2500, 0]);
    expect(transfersOf(account)).toHaveLength(1);
    await isSound();
  },
);
