import type { operations } from '../../contract/operations.ts';
import { sign } from '../http/signature.ts';
import { codeOf } from './authenticator-app.ts';
import { bodyOf, type CallerName, type Cast, pathOf } from './cast.ts';
import { adminPreparations } from './possible-admin.ts';
import { blockPreparations } from './possible-blocks.ts';
import { codePreparations } from './possible-codes.ts';
import { documentPreparations } from './possible-documents.ts';
import { disputeOrder, doorPreparations } from './possible-door.ts';
import { calledOff, eventPreparations, partlyCalledOff } from './possible-events.ts';
import { integrationPreparations } from './possible-integrations.ts';
import { messagePreparations } from './possible-messages.ts';
import { orderPreparations } from './possible-orders.ts';
import { passPreparations } from './possible-passes.ts';
import { questionPreparations } from './possible-questions.ts';
import { queuePreparations } from './possible-queue.ts';
import { reviewPreparations } from './possible-reviews.ts';
import { seatPlanPreparations } from './possible-seat-plans.ts';
import { exchangeable, transferPreparations } from './possible-transfers.ts';
import { waitlistPreparations } from './possible-waitlist.ts';
import { type Organiser, type Person, secrets, type TestEvent, testPassword, type World } from './world.ts';

type Op = (typeof operations)[number];

/** A request about existing things in the state that the operation needs, so that it can succeed. */
export interface Possible {
  /** The sender; `null` is a person who is not signed in. */
  person: Person | null;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

/** What a preparation knows: the caller, and the organisation that owns the things. */
interface Stage {
  world: World;
  cast: Cast;
  caller: CallerName;
  person: Person | null;
}

interface Prepared {
  /** Path parameters that replace the cast's. */
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  version?: number;
  headers?: Record<string, string>;
}

const promoCode = 'SUMMER-27';
/** Different from the tests' own password, so that it is a change. */
const newPassword = 'another long and good one';

/**
 * Makes a request of an operation that can succeed for this caller. Without a preparation here, it uses the cast's
 * things and the operation's own example. Each call makes new things, so no request depends on another one.
 */
export async function possible(world: World, cast: Cast, op: Op, caller: CallerName): Promise<Possible> {
  const person = await personFor(world, cast, op, caller);
  const prepared = (await preparations[op.id]?.({ world, cast, caller, person })) ?? {};
  const params = { ...cast.params, ...prepared.params };
  const query = prepared.query ? `?${new URLSearchParams(prepared.query)}` : '';
  return {
    person,
    path: `${pathOf(op, params)}${query}`,
    body: prepared.body ?? bodyOf(op, params),
    headers: {
      ...fromElsewhere(),
      ...(op.ifMatch && { 'if-match': `"${prepared.version ?? 0}"` }),
      ...prepared.headers,
    },
  };
}

/** Operations that change the caller or their way of signing in. They get a person of their own. */
const changesCaller = new Set([
  'changePassword',
  'deleteMe',
  'disableTwoFactor',
  'enableTwoFactor',
  'renewBackupCodes',
  'acceptInvitation',
  'updateProfile',
  'confirmEmail',
  'createOrganisation',
  'revokeOtherSessions',
  'signUpEmail',
  'signInEmail',
  'claimAccount',
  'sendVerificationEmail',
]);

async function personFor(world: World, cast: Cast, op: Op, caller: CallerName): Promise<Person | null> {
  if (caller === 'nobody') return null;
  if (!changesCaller.has(op.id)) return withSession(world, cast.people[caller]);
  if (caller === 'guest' || caller === 'holder') return world.guest();
  if (caller === 'admin') return world.admin();
  if (caller === 'user' || caller === 'stranger') return world.user();
  return world.member(cast.house, caller === 'elsewhere' ? 'manager' : caller);
}

/** The same person with another session, so that ending it ends nobody else's. */
export async function withSession(world: World, person: Person): Promise<Person> {
  const [session] = await world.app.accounts.openSessions([person.userId]);
  const client = world.client();
  for (const pair of session?.cookie.split('; ') ?? [])
    client.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  return { ...person, client };
}

/** One event for all purchases here, per cast. */
const sales = new WeakMap<Cast, Promise<TestEvent>>();
function onSale({ world, cast }: Stage): Promise<TestEvent> {
  const found = sales.get(cast);
  if (found) return found;
  const made = world.event({
    organiser: cast.house,
    fields: {
      maxPerBuyer: 100,
      ...exchangeable,
      promoCodes: [{ code: promoCode, percentOff: 10 }],
    },
  });
  sales.set(cast, made);
  return made;
}

async function hold(stage: Stage, by: Person): Promise<string> {
  const event = await onSale(stage);
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const held = await by.client.post(`/api/events/${event.id}/holds`, { items });
  if (held.status !== 201) throw new Error(`not held: ${JSON.stringify(held.body)}`);
  return held.body.id;
}

let buyers = 0;
const buyerDetails = () => ({ name: 'Ada Osei', email: `ada-${++buyers}@possible.example` });

async function order(stage: Stage, holder = stage.cast.people.holder) {
  const holdId = await hold(stage, holder);
  const placed = await holder.client.post('/api/orders', { holdId, buyer: buyerDetails() });
  if (placed.status !== 201) throw new Error(`not ordered: ${JSON.stringify(placed.body)}`);
  const { payment } = placed.body;
  return { orderId: placed.body.order.id, paymentId: payment.id, clientSecret: payment.clientSecret };
}

const pay = (world: World, of: { paymentId: string; clientSecret: string }, number: string) =>
  world.client().post(`/api/sandbox/payments/${of.paymentId}/confirmation`, {
    clientSecret: of.clientSecret,
    card: { number },
  });

/** An order that somebody has paid: the cast's holder, or another person. */
async function paidOrder(stage: Stage, by = stage.cast.people.holder) {
  const placed = await order(stage, by);
  await pay(stage.world, placed, '4242424242424242');
  await stage.world.drain();
  const shown = (await by.client.get(`/api/orders/${placed.orderId}`)).body;
  return { ...placed, ticketId: shown.tickets[0].id as string };
}

const holdersHold = async (stage: Stage): Promise<Prepared> => ({
  params: { holdId: await hold(stage, stage.cast.people.holder) },
});

async function scan(stage: Stage): Promise<{ eventId: string; code: string; nonce: string }> {
  const { ticketId } = await paidOrder(stage);
  const { code } = (await stage.cast.people.holder.client.get(`/api/tickets/${ticketId}`)).body;
  return { eventId: (await onSale(stage)).id, code, nonce: `nonce-${ticketId}` };
}

/** The link in the newest mail to an address. */
async function linkTo(world: World, email: string, pattern: RegExp): Promise<string> {
  await world.drain();
  const { items } = (await world.client().get(`/api/mailbox?to=${encodeURIComponent(email)}`)).body;
  const { text } = (await world.client().get(`/api/mailbox/${items[0].id}`)).body;
  return pattern.exec(text)?.[1] ?? '';
}

async function invitation(
  { world, cast }: Stage,
  email: string,
  house: Organiser = cast.house,
): Promise<{ id: string; secret: string }> {
  const path = `/api/organisations/${house.organisationId}/invitations`;
  const { body } = await house.client.post(path, { email, role: 'door' });
  return { id: body.id, secret: await linkTo(world, email, /\/invitations\/inv_\w+#([\w-]+)/) };
}

let addresses = 0;
const freshAddress = () => `new-${++addresses}@possible.example`;

/** An account with an unverified address, and the token of its verification mail. */
async function unverified(world: World) {
  const email = freshAddress();
  const client = world.client();
  await client.post('/api/auth/sign-up/email', { name: 'Ada', email, password: testPassword });
  return { email, token: await linkTo(world, email, /[?&]token=([\w.-]+)/) };
}

let networks = 0;
/** better-auth limits requests per address, whatever the tests' factor is. This works if TRUST_PROXY is 1. */
const fromElsewhere = () => {
  const network = ++networks;
  return { 'x-forwarded-for': `10.${network >> 8}.${network & 255}.1` };
};

async function withTwoFactor(person: Person | null): Promise<void> {
  const headers = fromElsewhere();
  const begun = await person?.client.post('/api/auth/two-factor/enable', password, headers);
  if (!begun || begun.body.code === 'forbidden') return;
  if (begun.status !== 200) throw new Error(`not begun: ${JSON.stringify(begun.body)}`);
  const code = codeOf(begun.body.totpURI);
  const shown = await person?.client.post('/api/auth/two-factor/verify-totp', { code }, headers);
  if (shown?.status !== 200) throw new Error(`not on: ${JSON.stringify(shown?.body)}`);
}
const password = { password: testPassword };

const member = async ({ world, cast }: Stage): Promise<Prepared> => ({
  params: { userId: (await world.member(cast.house, 'door')).userId },
});
const someUser = async ({ world }: Stage): Promise<Prepared> => ({
  params: { userId: (await world.user()).userId },
});

const preparations: Record<string, (stage: Stage) => Promise<Prepared>> = {
  ...eventPreparations,
  getEventCancellation: calledOff,
  retryEventCancellation: partlyCalledOff,
  placeHold: async (stage) => {
    const { id, ticketTypeId } = await onSale(stage);
    return { params: { eventId: id }, body: { items: [{ ticketTypeId, quantity: 1 }] } };
  },
  getHold: holdersHold,
  changePlaces: async (stage) => ({
    ...(await holdersHold(stage)),
    body: { items: [{ ticketTypeId: (await onSale(stage)).ticketTypeId, quantity: 2 }] },
  }),
  redeemPromoCode: holdersHold,
  removePromoCode: holdersHold,
  releaseHold: holdersHold,
  cancelOrder: async (stage) => {
    const { orderId, ticketId } = await paidOrder(stage);
    return { params: { orderId }, body: { tickets: [ticketId] } };
  },
  refundOrder: async (stage) => {
    const { orderId, ticketId } = await paidOrder(stage);
    return { params: { orderId }, body: { tickets: [ticketId], reason: 'The band is ill' } };
  },
  openOrder: async (stage) => {
    const { orderId } = await order(stage);
    const secret = stage.world.app.orderLinks.secretOf({ id: orderId, linkVersion: 1 });
    return { params: { orderId }, body: { secret } };
  },
  placeOrder: async (stage) => ({
    body: {
      holdId: await hold(stage, stage.person ?? stage.cast.people.holder),
      buyer: buyerDetails(),
    },
  }),
  getSandboxPayment: async (stage) => {
    const { paymentId, clientSecret } = await order(stage);
    return { params: { paymentId }, query: { clientSecret } };
  },
  confirmSandboxPayment: async (stage) => {
    const { paymentId, clientSecret } = await order(stage);
    return { params: { paymentId }, body: { clientSecret, card: { number: '4242424242424242' } } };
  },
  refundSandboxPayment: async (stage) => {
    const { paymentId, clientSecret } = await paidOrder(stage);
    return { params: { paymentId }, body: { clientSecret, amount: 100 } };
  },
  authenticateSandboxPayment: async (stage) => {
    const placed = await order(stage);
    await pay(stage.world, placed, '4000002500003155');
    const { paymentId, clientSecret } = placed;
    return { params: { paymentId }, body: { clientSecret, outcome: 'approve' } };
  },
  receivePaymentWebhook: async ({ world }) => {
    const body = { id: 'evt_possible', type: 'charge.updated', data: { object: {} } };
    return {
      body,
      headers: { 'stripe-signature': sign(JSON.stringify(body), secrets.sandboxWebhook, world.clock.now()) },
    };
  },
  checkIn: async (stage) => {
    const { eventId, ...body } = await scan(stage);
    if (stage.caller !== 'manager') return { params: { eventId }, body };
    // Only a manager may let in a ticket that a bank disputes.
    await disputeOrder(stage.world, body.code);
    return { params: { eventId }, body: { ...body, overrides: ['ticket_disputed'] } };
  },
  checkInBatch: async (stage) => {
    const { eventId, ...one } = await scan(stage);
    return { params: { eventId }, body: { scans: [one] } };
  },
  revokeSession: async ({ world, person }) => {
    if (!person) return {};
    // Ends a second session of the same person, not the caller's own.
    await world.app.accounts.openSessions([person.userId]);
    const { items } = (await person.client.get('/api/me/sessions')).body;
    return {
      params: { sessionId: items.find((session: { current: boolean }) => !session.current).id },
    };
  },
  removePasskey: async ({ world, person }) => {
    const id = world.app.newId('passkey');
    if (person?.email) await world.app.db.run(insertPasskey, [id, person.userId]);
    return { params: { passkeyId: id } };
  },
  changePassword: async () => ({ body: { currentPassword: testPassword, newPassword } }),
  enableTwoFactor: async () => ({ body: password }),
  disableTwoFactor: async ({ person }) => {
    await withTwoFactor(person);
    return { body: password };
  },
  renewBackupCodes: async ({ person }) => {
    await withTwoFactor(person);
    return { body: password };
  },
  deleteMe: async ({ person }) => ({ body: { ...(person?.email && password), ticketsLeaveMe: true } }),
  confirmEmail: async ({ world, person }) => {
    // A guest has no address, so the token belongs to another account.
    if (!person?.email) return { body: { token: (await unverified(world)).token } };
    await world.app.db.run('update users set email_verified = false where id = $1', [person.userId]);
    await person.client.post('/api/auth/send-verification-email', { email: person.email });
    return { body: { token: await linkTo(world, person.email, /[?&]token=([\w.-]+)/) } };
  },
  acceptInvitation: async (stage) => {
    // Another team, because some callers are on the organisation's own.
    const house = await stage.world.organiser();
    const { id, secret } = await invitation(stage, stage.person?.email || freshAddress(), house);
    return { params: { invitationId: id }, body: { secret } };
  },
  declineInvitation: invitedWithSecret,
  readInvitation: invitedWithSecret,
  invite: async () => ({ body: { email: freshAddress(), role: 'door' } }),
  sendInvitationAgain: invited,
  withdrawInvitation: invited,
  changeMemberRole: member,
  removeMember: member,
  suspendUser: someUser,
  restoreUser: async (stage) => {
    const { params = {} } = await someUser(stage);
    const { client } = stage.cast.people.admin;
    await client.post(`/api/admin/users/${params.userId}/suspension`, { reason: 'A test' });
    return { params };
  },
  ...documentPreparations,
  ...doorPreparations,
  ...transferPreparations(paidOrder),
  ...orderPreparations,
  ...waitlistPreparations,
  ...questionPreparations,
  ...seatPlanPreparations,
  ...queuePreparations,
  ...blockPreparations,
  ...codePreparations,
  ...passPreparations,
  ...reviewPreparations,
  ...adminPreparations,
  ...messagePreparations,
  ...integrationPreparations,
  setUserRole: someUser,
  requestPasswordReset: async () => ({ body: { email: freshAddress() } }),
  resetPassword: async ({ world }) => {
    const { email } = await world.user();
    await world.client().post('/api/auth/request-password-reset', { email });
    return { body: { token: await linkTo(world, email, /[?&]token=([\w.-]+)/), newPassword } };
  },
  sendVerificationEmail: async ({ world, person }) => {
    // A signed-in caller asks for their own address.
    if (!person?.email) return { body: { email: (await unverified(world)).email } };
    await world.app.db.run('update users set email_verified = false where id = $1', [person.userId]);
    return { body: { email: person.email } };
  },
  claimAccount: async ({ world }) => {
    const { token } = await unverified(world);
    return { body: { token, newPassword } };
  },
  findTimeZone: async () => ({ query: { city: 'Berlin', country: 'DE' } }),
  verifyEmail: async ({ world }) => ({ query: { token: (await unverified(world)).token } }),
  signInEmail: async ({ world }) => ({ body: { email: (await world.user()).email, ...password } }),
  signUpEmail: async () => ({ body: { name: 'Ada', email: freshAddress(), password: testPassword } }),
};

async function invited(stage: Stage): Promise<Prepared> {
  return { params: { invitationId: (await invitation(stage, freshAddress())).id } };
}

async function invitedWithSecret(stage: Stage): Promise<Prepared> {
  const { id, secret } = await invitation(stage, freshAddress());
  return { params: { invitationId: id }, body: { secret } };
}

const insertPasskey = `
  insert into passkeys (id, user_id, credential_id, public_key, counter, device_type, backed_up, created_at)
  values ($1, $2, $1, 'AQ', 0, 'singleDevice', false, now())`;
