import { setTimeout as wait } from 'node:timers/promises';
import { mayHaveBuyer } from '../../../contract/webhook-events.ts';
import type { App } from '../../app.ts';
import { systemClock } from '../../clock.ts';
import { repeat } from '../../work/repeat.ts';
import { erasedEmail } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { type ClaimedDelivery, claimDue } from './delivery-store.ts';
import { recordAttempt } from './record-attempt.ts';
import { signedHeaders } from './sign.ts';

/** Longer than an attempt and its records take. */
const claimMs = 60_000;
/** How many webhooks one process sends at once. A receiver that hangs holds a socket and no thread. */
const mostAtOnce = 200;
const stopWithinMs = 2000;

type Parts = Pick<App, 'db' | 'clock' | 'log' | 'newId' | 'seal' | 'config' | 'webhookSender'>;

export interface Dispatcher {
  /** Claims what is due and begins to send it. Does not wait for the receivers. */
  step(): Promise<void>;
  /** Resolves when nothing is being sent. */
  rest(): Promise<void>;
  /** Claims nothing any more. */
  end(): void;
}

/**
 * Sends webhooks, each endpoint's at its own pace (delivery-store.ts). Endpoints that fail get half of the slots at most, so
 * receivers that hang leave room for the others, however many of them hang.
 */
export function createDispatcher(app: Parts, atOnce = mostAtOnce): Dispatcher {
  const sending = new Set<Promise<void>>();
  const failing = { slots: 0, after: '' };
  const working = { slots: 0, after: '' };
  let claiming: Promise<void> | null = null;
  let ended = false;

  async function claim(): Promise<void> {
    const half = Math.ceil(atOnce / 2);
    await claimOf(failing, Math.min(half - failing.slots, atOnce - sending.size));
    await claimOf(working, atOnce - sending.size);
  }

  async function claimOf(kind: typeof failing, limit: number): Promise<void> {
    if (limit <= 0 || ended) return;
    const now = app.clock.now();
    const until = new Date(now.getTime() + claimMs);
    const { after } = kind;
    const due = await claimDue(app.db, { now, until, limit, after, isFailing: kind === failing });
    for (const delivery of due) begin(delivery, kind);
    kind.after = lastServed(due, after);
  }

  function begin(delivery: ClaimedDelivery, kind: typeof failing): void {
    const work = attempt(app, delivery)
      .catch((error) =>
        app.log.warn({ err: error, delivery: delivery.id }, 'a webhook could not be sent; it is tried again'),
      )
      .finally(() => {
        sending.delete(work);
        kind.slots--;
        // The endpoint may have more, so the next one does not wait for the next step.
        void step().catch(() => {});
      });
    sending.add(work);
    kind.slots++;
  }

  async function step(): Promise<void> {
    claiming ??= claim().finally(() => {
      claiming = null;
    });
    await claiming;
  }

  return {
    step,
    async rest() {
      while (sending.size > 0 || claiming) {
        await claiming?.catch(() => {});
        await Promise.all(sending);
      }
    },
    end() {
      ended = true;
    },
  };
}

/** The endpoint that was served last, if those behind `after` came first and the others followed. */
function lastServed(due: ClaimedDelivery[], after: string): string {
  const ids = due.map(({ endpointId }) => endpointId).sort();
  return ids.findLast((id) => id <= after) ?? ids.at(-1) ?? after;
}

/** Sends webhooks until stopped. What is being sent then is sent again by another process, under the same id. */
export function startWebhooks(app: Parts, everyMs = 1000): { stop(): Promise<void> } {
  const dispatcher = createDispatcher(app);
  const looking = repeat(dispatcher.step, {
    everyMs,
    log: app.log,
    failed: 'webhooks that are due could not be found; the next look tries again',
  });
  return {
    async stop() {
      await looking.stop();
      dispatcher.end();
      await Promise.race([dispatcher.rest(), wait(stopWithinMs)]);
    },
  };
}

/** Sends one webhook once and records what became of it. No transaction is open while the receiver works. */
async function attempt(app: Parts, delivery: ClaimedDelivery): Promise<void> {
  const buyer = delivery.withBuyer ? await buyerOf(app, delivery) : undefined;
  const body = bodyOf(delivery, buyer);
  const secrets = secretsOf(app, delivery);
  if (secrets.length === 0) {
    const error = 'SESSION_SECRET has changed, so the secret cannot be read; give the endpoint another one';
    await recordAttempt(app, delivery, {
      status: null,
      error,
      excerpt: '',
      retryAfterSeconds: null,
      durationMs: 0,
    });
    return;
  }
  // Receivers compare the time with their own clocks, also while the demo sells in the past.
  const atMs = systemClock.now().getTime();
  const answer = await app.webhookSender.send(
    delivery.url,
    signedHeaders({ id: delivery.messageId, atMs, body, secrets }),
    body,
  );
  await recordAttempt(app, delivery, { ...answer, excerpt: withoutBuyer(answer.excerpt, buyer) });
}

type Buyer = { name: string; email: string } | null | undefined;

/** The body of a webhook, as it is signed and sent. */
export function bodyOf(
  { type, createdAt, payload }: Pick<ClaimedDelivery, 'type' | 'createdAt' | 'payload'>,
  buyer: Buyer,
): string {
  const data = buyer === undefined ? payload : { ...payload, buyer };
  return JSON.stringify({ type, version: 1, timestamp: createdAt.toISOString(), data });
}

/** Read for each attempt and never stored with the webhook, so that erasing a buyer erases all there is. */
async function buyerOf(app: Parts, { type, payload }: ClaimedDelivery): Promise<Buyer> {
  if (!mayHaveBuyer(type) || !('orderId' in payload)) return undefined;
  const order = await readOrder(app, payload.orderId);
  if (!order || order.buyerEmail === erasedEmail) return null;
  return { name: order.buyerName, email: order.buyerEmail };
}

/** A receiver may send back what it got. */
function withoutBuyer(excerpt: string, buyer: Buyer): string {
  if (!buyer) return excerpt;
  return [buyer.name, buyer.email]
    .filter((text) => text !== '')
    .reduce(
      (text, part) => text.replaceAll(part, '…').replaceAll(JSON.stringify(part).slice(1, -1), '…'),
      excerpt,
    );
}

function secretsOf(app: Parts, delivery: ClaimedDelivery): string[] {
  const { sealedSecret, sealedOldSecret, oldUntil } = delivery;
  const isOldValid = oldUntil !== null && oldUntil > app.clock.now();
  const sealed = isOldValid && sealedOldSecret ? [sealedSecret, sealedOldSecret] : [sealedSecret];
  return sealed.map((each) => app.seal.open(each)).filter((each) => each !== null);
}
