import type { Operation } from '../../contract/operation.ts';
import { describeApi } from '../http/openapi.ts';
import { memoPer } from '../memo.ts';
import type { Client } from './client.ts';
import { failedJob, parkedMessage } from './failed-work.ts';
import type { Organiser, Person, World } from './world.ts';

/** Every kind of caller, and an organisation with one of everything that they could ask for. */
export interface Cast {
  callers: Record<CallerName, Client>;
  /** The callers as people; `nobody` is not a person. */
  people: Record<Exclude<CallerName, 'nobody'>, Person>;
  /** The organisation that owns the things. */
  house: Organiser;
  /** A value for each path parameter of the contract, all of one organisation. */
  params: Record<string, string>;
}

export const callerNames = [
  'nobody',
  'guest',
  'user',
  'stranger',
  'door',
  'manager',
  'owner',
  'holder',
  'admin',
  'finance',
  'support',
  'read-only',
  'elsewhere',
] as const;
export type CallerName = (typeof callerNames)[number];

/**
 * `stranger` owns another organisation; `holder` is the buyer of the hold, the order and the ticket; `elsewhere` is a
 * manager of the same organisation, for another event only.
 */
export async function createCast(world: World): Promise<Cast> {
  const house = await world.organiser();
  const event = await world.event({
    organiser: house,
    seats: [{ zone: 'gold', rows: 2, perRow: 10 }],
    fields: { maxPerBuyer: 20, run: 'A run' },
  });
  const [holder, guest, user, stranger, admin] = [
    await world.guest(),
    await world.guest(),
    await world.user(),
    await world.organiser(),
    await world.admin(),
  ];
  const hold = async (quantity: number) => {
    const body = { bestAvailable: { ticketTypeId: event.ticketTypeId, quantity } };
    return (await holder.client.post(`/api/events/${event.id}/holds`, body)).body.id as string;
  };
  const buyer = { name: 'Ada Osei', email: 'ada@example.com' };
  const placed = (await holder.client.post('/api/orders', { holdId: await hold(1), buyer })).body;
  await holder.client.post(`/api/sandbox/payments/${placed.payment.id}/confirmation`, {
    clientSecret: placed.payment.clientSecret,
    card: { number: '4242424242424242' },
  });
  await world.drain();
  const order = (await holder.client.get(`/api/orders/${placed.order.id}`)).body;
  // Another session of the same person, so that ending it does not end the caller's own.
  await world.app.accounts.openSessions([user.userId]);
  const sessions = (await user.client.get('/api/me/sessions')).body;
  const other = sessions.items.find((session: { current: boolean }) => !session.current);
  const [mail] = (await world.client().get('/api/mailbox')).body.items;
  const otherEvent = await world.event({ organiser: house });
  const team = {
    door: await world.member(house, 'door'),
    manager: await world.member(house, 'manager'),
    finance: await world.member(house, 'finance'),
    support: await world.member(house, 'support'),
    'read-only': await world.member(house, 'read-only'),
    elsewhere: await world.member(house, 'manager', [otherEvent.id]),
  };
  const invited = await house.client.post(`/api/organisations/${house.organisationId}/invitations`, {
    email: 'invited@example.com',
    role: 'door',
  });
  const offered = await holder.client.post(`/api/tickets/${order.tickets[0].id}/transfers`, {
    email: 'friend@example.com',
  });
  const plan = await house.client.post(`/api/organisations/${house.organisationId}/seat-plans`, {
    name: 'Great hall',
    plan: { format: 1, width: 100, height: 100, zones: [], sections: [], objects: [] },
  });
  const people = { guest, user, stranger, ...team, owner: house, holder, admin };
  const clients = Object.entries(people).map(([name, { client }]) => [name, client]);
  return {
    callers: { nobody: world.client(), ...Object.fromEntries(clients) },
    people,
    house,
    params: {
      eventId: event.id,
      organisationId: house.organisationId,
      series: 'a-run',
      holdId: await hold(2),
      orderId: order.id,
      ticketId: order.tickets[0].id,
      transferId: offered.body.id,
      paymentId: placed.payment.id,
      userId: user.userId,
      invitationId: invited.body.id,
      jobId: await failedJob(world),
      sink: 'find-orders',
      position: await parkedMessage(world, event.id),
      list: 'reminders',
      secret: 'not-the-secret',
      messageId: mail?.id ?? 'msg_00000000000000000000000000',
      sessionId: other.id,
      previewLinkId: 'pvl_00000000000000000000000000',
      blockId: 'blk_00000000000000000000000000',
      moneyReviewId: 'mrv_00000000000000000000000000',
      entryId: 'wle_00000000000000000000000000',
      documentId: 'doc_00000000000000000000000000',
      passkeyId: 'pky_00000000000000000000000000',
      broadcastId: 'bct_00000000000000000000000000',
      refundId: 'rfd_00000000000000000000000000',
      viewId: 'viw_00000000000000000000000000',
      scheduleId: 'xsc_00000000000000000000000000',
      exportFileId: 'xfl_00000000000000000000000000',
      noteId: 'nte_00000000000000000000000000',
      index: '0',
      planId: plan.body.id,
      payoutId: 'pyo_00000000000000000000000000',
      checkInId: 'chk_00000000000000000000000000',
      conflictId: 'dcf_00000000000000000000000000',
      apiKeyId: 'key_00000000000000000000000000',
      bankEntryId: 'bke_00000000000000000000000000',
      endpointId: 'whe_00000000000000000000000000',
      deliveryId: 'whd_00000000000000000000000000',
      reportCaseId: 'rpc_00000000000000000000000000',
      decisionId: 'mdc_00000000000000000000000000',
      appealId: 'apl_00000000000000000000000000',
      doorLinkId: 'dlk_00000000000000000000000000',
      doorDeviceId: 'ddv_00000000000000000000000000',
      libraryId: 'a-phone',
      passType: 'pass.com.example.tickets',
      serial: 'pss_00000000000000000000000000',
      file: 'attendees.csv',
      payoutsFile: 'payouts.csv',
      voucherFile: 'codes.csv',
      giftCardId: 'gfc_00000000000000000000000000',
      giftCardFile: 'gift-cards.csv',
    },
  };
}

/** A member of the cast who may call an operation. */
export const callerOf = {
  public: 'user',
  signature: 'nobody',
  secret: 'user',
  'signed-in': 'holder',
  holder: 'holder',
  'holder-or-team': 'owner',
  team: 'owner',
  door: 'owner',
  admin: 'admin',
} as const satisfies Record<Operation['access'], CallerName>;

/** The operation's path with the cast's values. An unknown parameter fails the test. */
export function pathOf(op: Operation, params: Record<string, string>): string {
  return op.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined)
      throw new Error(`${op.id}: createCast knows no {${name}}; add one of the house's`);
    return encodeURIComponent(value);
  });
}

/** The body of the operation's documented example, with the ids of the organisation in it. */
export function bodyOf(op: Operation, params: Record<string, string>): unknown {
  return op.body ? withIds(exampleOf(op), params) : undefined;
}

const exampleOf = memoPer((op: Operation): unknown => {
  const api = describeApi([op], { url: 'http://localhost', sessionCookie: 'session' }) as {
    paths: Record<string, Record<string, { requestBody: { content: Record<string, { example: unknown }> } }>>;
  };
  return api.paths[op.path]?.[op.method.toLowerCase()]?.requestBody.content['application/json']?.example;
});

/** A path names a file that is downloaded; a body has one that is sent. */
const isFileName = (param: string): boolean => /^\w+\.csv$/.test(param);

function withIds(value: unknown, params: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => withIds(each, params));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      const param = params[name];
      return [name, param === undefined || isFileName(param) ? withIds(each, params) : param];
    }),
  );
}

export const send = (
  client: Client,
  op: Operation,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
) =>
  client.send(op.method, path, {
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(op.ifMatch && { 'if-match': '"0"' }),
      ...headers,
    },
  });
