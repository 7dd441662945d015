import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as Stripe's API sees it. */
interface StripeRequest {
  method: string;
  path: string;
  /** The form's fields with their bracketed names, `metadata[orderId]`. */
  form: Record<string, string>;
  idempotencyKey: string | undefined;
  authorization: string | undefined;
}

/**
 * A failure for one coming request: an HTTP status, no answer at all, or an answer that is lost after the work was
 * done.
 */
type Trouble = number | 'hang' | 'lose-answer';

type Thing = Record<string, unknown> & { id: string };
interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export interface FakeStripe {
  url: string;
  requests: StripeRequest[];
  troubles: Trouble[];
  things: Map<string, Thing>;
  close(): Promise<void>;
}

/**
 * Simulates the part of Stripe's HTTP API that the adapter uses, with the real one's demands: form bodies, the secret
 * key, and idempotency keys that return the same answer to the same request and refuse another one.
 */
export async function startFakeStripe(secretKey: string): Promise<FakeStripe> {
  const requests: StripeRequest[] = [];
  const troubles: Trouble[] = [];
  const things = new Map<string, Thing>();
  const answered = new Map<string, { form: string; answer: Answer }>();

  function answerOnce(request: StripeRequest): Answer {
    if (request.authorization !== `Bearer ${secretKey}`)
      return failure(401, 'invalid_request_error', 'bad key');
    if (request.method === 'GET' || request.idempotencyKey === undefined) return act(things, request);
    const form = `${request.path} ${JSON.stringify(request.form)}`;
    const earlier = answered.get(request.idempotencyKey);
    if (earlier && earlier.form !== form)
      return failure(400, 'idempotency_error', 'the key was used for something else');
    if (earlier) return earlier.answer;
    const answer = act(things, request);
    answered.set(request.idempotencyKey, { form, answer });
    return answer;
  }

  const server = createServer(async (incoming, response) => {
    const request = await readRequest(incoming);
    requests.push(request);
    const trouble = troubles.shift();
    if (trouble === 'hang') return;
    if (typeof trouble === 'number') return send(response, failure(trouble, 'api_error', 'trouble'));
    const answer = answerOnce(request);
    if (trouble === 'lose-answer') return void incoming.socket.destroy();
    send(response, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    troubles,
    things,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<StripeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const key = incoming.headers['idempotency-key'];
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    form: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8'))),
    idempotencyKey: typeof key === 'string' ? key : undefined,
    authorization: incoming.headers.authorization,
  };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_fake' })
    .end(JSON.stringify(body));
}

const failure = (status: number, type: string, message: string, code?: string): Answer => ({
  status,
  body: { error: { type, message, code } },
});

function act(things: Map<string, Thing>, { method, path, form }: StripeRequest): Answer {
  const [, , ...parts] = path.split('?')[0]?.split('/') ?? [];
  const isNested = parts[0] === 'checkout' || parts[0] === 'radar';
  const collection = isNested ? parts.splice(0, 2).join('/') : (parts.shift() ?? '');
  const [id, verb] = parts;
  if (collection === 'balance_transactions') {
    const data = [...things.values()].filter((thing) => thing.id.startsWith('txn_'));
    return { status: 200, body: { object: 'list', url: '/v1/balance_transactions', has_more: false, data } };
  }
  if (id === undefined && method === 'GET') return list(things, collection, path);
  if (id === undefined) return create(things, collection, form);
  const thing = things.get(id);
  if (!thing) return failure(404, 'invalid_request_error', `no such thing: ${id}`, 'resource_missing');
  if (method === 'GET') return { status: 200, body: thing };
  const open = ['requires_payment_method', 'open'].includes(String(thing.status));
  if (!open)
    return failure(400, 'invalid_request_error', `it is ${thing.status}`, 'payment_intent_unexpected_state');
  thing.status = verb === 'expire' ? 'expired' : 'canceled';
  return { status: 200, body: thing };
}

/** Lists the things of a collection that belong to the payment intent or the group of the query, if there is one. */
function list(things: Map<string, Thing>, collection: string, path: string): Answer {
  const object = {
    refunds: 'refund',
    disputes: 'dispute',
    transfers: 'transfer',
    'radar/early_fraud_warnings': 'radar.early_fraud_warning',
  }[collection];
  const wanted = new URL(path, 'http://stripe').searchParams;
  const data = [...things.values()].filter(
    (thing) =>
      thing.object === object &&
      ['payment_intent', 'transfer_group'].every((name) => (wanted.get(name) ?? thing[name]) === thing[name]),
  );
  return { status: 200, body: { object: 'list', url: path.split('?')[0], has_more: false, data } };
}

function create(things: Map<string, Thing>, collection: string, form: Record<string, string>): Answer {
  const id = `${{ payment_intents: 'pi', 'checkout/sessions': 'cs', refunds: 're' }[collection]}_${things.size + 1}`;
  if (['accounts', 'account_links', 'transfers'].includes(collection))
    return connectOf(things, collection, form);
  const thing = collection === 'refunds' ? refundOf(things, id, form) : paymentOf(collection, id, form);
  if (!thing)
    return failure(
      400,
      'invalid_request_error',
      'charge has already been refunded',
      'charge_already_refunded',
    );
  things.set(id, thing);
  return { status: 200, body: thing };
}

/** An account gets transfers when its capability is active. */
function connectOf(things: Map<string, Thing>, collection: string, form: Record<string, string>): Answer {
  const id = `${{ accounts: 'acct', transfers: 'tr' }[collection]}_${things.size + 1}`;
  if (collection === 'account_links')
    return {
      status: 200,
      body: { object: 'account_link', url: `https://connect.stripe.example/${form.account}` },
    };
  if (collection === 'accounts') {
    const account = { id, object: 'account', capabilities: { transfers: 'pending' }, payouts_enabled: false };
    things.set(id, account);
    return { status: 200, body: account };
  }
  const account = things.get(form.destination ?? '');
  if ((account?.capabilities as { transfers?: string })?.transfers !== 'active')
    return failure(
      400,
      'invalid_request_error',
      'The destination account needs the transfers capability.',
      'insufficient_capabilities_for_transfer',
    );
  const { amount, currency, destination, transfer_group = '' } = form;
  const metadata = { payoutId: form['metadata[payoutId]'] };
  const transfer = {
    id,
    object: 'transfer',
    amount: Number(amount),
    amount_reversed: 0,
    currency,
    destination,
    transfer_group,
    metadata,
  };
  things.set(id, transfer);
  return { status: 200, body: transfer };
}

function paymentOf(collection: string, id: string, form: Record<string, string>): Thing {
  const metadata = Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => {
      const key = /^metadata\[(\w+)\]$/.exec(name)?.[1];
      return key ? [[key, value]] : [];
    }),
  );
  if (collection === 'payment_intents') {
    const { amount, currency } = form;
    const common = {
      id,
      object: 'payment_intent',
      client_secret: `${id}_secret_x`,
      status: 'requires_payment_method',
    };
    return { ...common, amount: Number(amount), amount_received: 0, currency, metadata };
  }
  return {
    id,
    object: 'checkout.session',
    status: 'open',
    payment_status: 'unpaid',
    payment_intent: null,
    client_secret: null,
    url: `https://checkout.stripe.example/${id}`,
    amount_total: Number(form['line_items[0][price_data][unit_amount]']),
    currency: form['line_items[0][price_data][currency]'],
    metadata,
  };
}

function refundOf(things: Map<string, Thing>, id: string, form: Record<string, string>): Thing | null {
  const intent = things.get(form.payment_intent ?? '');
  if (intent?.status !== 'succeeded' || intent.refunded === true) return null;
  intent.refunded = true;
  return {
    id,
    object: 'refund',
    payment_intent: intent.id,
    currency: intent.currency,
    metadata: { refundId: form['metadata[refundId]'] },
    amount: Number(form.amount),
    status: intent.slow_refunds ? 'pending' : 'succeeded',
  };
}
