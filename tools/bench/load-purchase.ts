/** Buyers who hold, order and pay. Each step needs the answer to the previous one. */
import { readFileSync } from 'node:fs';
import { encodeRequest } from './http-requests.ts';
import type { Script } from './load-engine.ts';
import { headersOf, type Newcomer, openNewcomers } from './newcomers.ts';
import { percentile } from './percentiles.ts';

export interface PurchaseScript {
  kind: 'purchases';
  /**
   * A file with one cookie per line; each buyer comes once. Without it buyers are new: they hold with a guest key, or sign
   * in as guests first.
   */
  cookies: string | { newcomers: 'guest-key' | 'sign-in'; count: number };
  eventId: string;
  ticketTypeId: string;
  /** How many places the n-th buyer wants; the list repeats. */
  quantities: number[];
  /** Every n-th buyer releases the hold instead of paying; 0 for nobody. */
  abandonEvery: number;
  /** A file of 64-bit floats: the arrival of each buyer, in ms from the start. Without it, as fast as possible. */
  arrivals: string | null;
}

interface Buyer {
  n: number;
  cookie: string;
  newcomer: Newcomer | null;
  step: 'signIn' | 'hold' | 'order' | 'pay' | 'release';
  /** When the request was due. Waiting for a free connection counts. */
  dueMs: number;
  orderId: string;
}

export function purchases(script: PurchaseScript): Script {
  const cookies =
    typeof script.cookies === 'string' ? readFileSync(script.cookies, 'latin1').split('\n') : null;
  const count = typeof script.cookies === 'string' ? (cookies as string[]).length : script.cookies.count;
  const signsIn = typeof script.cookies !== 'string' && script.cookies.newcomers === 'sign-in';
  const arrivals = script.arrivals === null ? null : readArrivals(script.arrivals);
  const buyers: (Buyer | null)[] = [];
  const holdMs: number[] = [];
  const stepMs: Record<Buyer['step'], number[]> = {
    signIn: [],
    hold: holdMs,
    order: [],
    pay: [],
    release: [],
  };
  const failures: Record<string, number> = {};
  const paid: string[] = [];
  let startMs = 0;
  let next = 0;
  let held = 0;
  let latest = 0;

  const post = ({ n, cookie, newcomer, step }: Buyer, path: string, body?: unknown) =>
    encodeRequest({
      method: body === undefined ? 'DELETE' : 'POST',
      path,
      headers: {
        ...(newcomer && { 'x-forwarded-for': newcomer.address }),
        ...(newcomer && step === 'hold' && !signsIn && headersOf(newcomer)),
        ...(cookie !== '' && { cookie }),
        'idempotency-key': `${newcomer?.guestKey ?? n}-${path.slice(5, 40)}`,
      },
      ...(body !== undefined && { body }),
    });

  const hold = (buyer: Buyer) =>
    post(buyer, `/api/events/${script.eventId}/holds`, {
      items: [
        {
          ticketTypeId: script.ticketTypeId,
          quantity: script.quantities[buyer.n % script.quantities.length] as number,
        },
      ],
    });

  function arrive(slot: number): string | number | null {
    if (next >= count) return null;
    const nowMs = performance.now();
    if (startMs === 0) startMs = nowMs;
    const dueMs = arrivals ? startMs + (arrivals[next] as number) : nowMs;
    if (dueMs > nowMs) return Math.max(1, dueMs - nowMs);
    const n = next++;
    latest = Math.max(latest, nowMs - dueMs);
    const buyer: Buyer = {
      n,
      cookie: cookies?.[n] ?? '',
      newcomer: cookies ? null : (openNewcomers(1)[0] as Newcomer),
      step: signsIn ? 'signIn' : 'hold',
      dueMs,
      orderId: '',
    };
    buyers[slot] = buyer;
    return signsIn ? post(buyer, '/api/auth/sign-in/anonymous', {}) : hold(buyer);
  }

  function advance(buyer: Buyer, body: Buffer): string | null {
    const { n } = buyer;
    if (buyer.step === 'signIn') {
      buyer.step = 'hold';
      return hold(buyer);
    }
    if (buyer.step === 'hold') {
      const { id } = JSON.parse(body.toString());
      held++;
      if (script.abandonEvery > 0 && held % script.abandonEvery === 0) {
        buyer.step = 'release';
        return post(buyer, `/api/holds/${id}`);
      }
      buyer.step = 'order';
      return post(buyer, '/api/orders', {
        holdId: id,
        buyer: { name: 'Ada Osei', email: `buyer-${buyer.newcomer?.address ?? n}@example.com` },
      });
    }
    if (buyer.step === 'order') {
      const { order, payment } = JSON.parse(body.toString());
      buyer.orderId = order.id;
      if (payment === null) {
        paid.push(order.id);
        return null;
      }
      buyer.step = 'pay';
      return post(buyer, `/api/sandbox/payments/${payment.id}/confirmation`, {
        clientSecret: payment.clientSecret,
        card: { number: '4242424242424242' },
      });
    }
    if (buyer.step === 'pay') paid.push(buyer.orderId);
    return null;
  }

  return {
    next(slot, status, body, head) {
      const buyer = buyers[slot];
      if (!buyer || !body) return arrive(slot);
      const nowMs = performance.now();
      stepMs[buyer.step].push(nowMs - buyer.dueMs);
      buyer.dueMs = nowMs;
      if (status >= 300) failures[buyer.step] = (failures[buyer.step] ?? 0) + 1;
      if (buyer.newcomer && buyer.cookie === '') buyer.cookie = cookiesSet(head);
      const request = status < 300 ? advance(buyer, body) : null;
      if (request !== null) return request;
      buyers[slot] = null;
      return arrive(slot);
    },
    notes: () => ({
      paid,
      came: next,
      failures,
      /** The longest delay of a buyer, because no connection was free. */
      latestMs: latest,
      steps: Object.fromEntries(Object.entries(stepMs).map(([step, values]) => [step, spreadOf(values)])),
    }),
  };
}

/** The cookies that an answer sets, as a browser sends them back. */
function cookiesSet(head: Buffer | null): string {
  const set = head?.toString('latin1').matchAll(/^set-cookie: ([^;\r]+)/gim) ?? [];
  return [...set].map(([, pair]) => pair).join('; ');
}

function spreadOf(values: number[]) {
  const sorted = Float64Array.from(values).sort();
  return {
    count: sorted.length,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    maxMs: percentile(sorted, 1),
  };
}

function readArrivals(path: string): Float64Array {
  const file = readFileSync(path);
  return new Float64Array(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
}
