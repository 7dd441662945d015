import type { Clock } from '../../clock.ts';
import type { Db } from '../../data/db.ts';
import { gather } from '../../gather.ts';
import type { NewId } from '../../ids.ts';
import {
  type About,
  type Claimed,
  claimDeliveries,
  noteHeldBack,
  type Outcome,
  settleDeliveries,
  type Tried,
  withdrawDeliveries,
} from './deliveries-store.ts';
import { Undeliverable } from './mailer.ts';

/** A message on one channel. */
interface Delivery {
  key: string;
  channel: 'email' | 'push' | 'sms';
  recipient: string;
  about: About;
}

/** `since` is when the first attempt began. If that attempt ended without an answer, the message may have been taken. */
interface Attempt {
  isRepeated: boolean;
  since: Date;
}

/** Sends each message once, and notes what became of it. Messages that are sent at once share their statements. */
export interface Deliveries {
  /**
   * Claims the message, sends it and notes the outcome. Does nothing for a message that was sent or has failed for good.
   * If `send` throws Undeliverable, the message has failed for good. After any other error the message waits, and the error
   * is thrown, so that the job is retried. Returns what has become of the message. `push` runs first if the buyer's browsers
   * show the message too, at every attempt: enqueueing a notification again sends nothing more.
   */
  deliver(
    delivery: Delivery,
    send: (attempt: Attempt) => Promise<void>,
    push?: () => Promise<void>,
  ): Promise<'sent' | 'failed' | 'done'>;
  /** Notes that the budget of its recipient holds a message back, and why. A message that was sent stays as it is. */
  noteHeld(delivery: Delivery & { state: 'waiting' | 'withheld'; error: string }): Promise<void>;
  /** Notes that a mail waits no longer, because there is nothing left to tell. Does nothing if no attempt was made. */
  withdraw(tried: Tried, why: string): Promise<void>;
}

/**
 * How long one job has a message to itself. An attempt over SMTP takes at most 50 s (adapters/mail/smtp.ts). If the process
 * dies meanwhile, the mail waits for the rest of this time.
 */
const claimMs = 120_000;
/** A message that could not be sent for so long has failed. The retries of a job take a little longer than three days. */
const patienceMs = { email: 3 * 86_400_000, sms: 43_200_000, push: 43_200_000 };

export function createDeliveries({ db, clock, newId }: { db: Db; clock: Clock; newId: NewId }): Deliveries {
  const claim = gather(async (deliveries: Delivery[]): Promise<Claimed[]> => {
    const now = clock.now();
    // One statement cannot claim a key twice. Of two callers at once the first gets the message.
    const claimants = new Map<string, Delivery>();
    for (const delivery of deliveries)
      if (!claimants.has(delivery.key)) claimants.set(delivery.key, delivery);
    const claims = [...claimants.values()].map((delivery) => ({ ...delivery, id: newId('message') }));
    const until = new Date(now.getTime() + claimMs);
    const claimed = await claimDeliveries(db, claims, { now, until });
    const verdicts = new Map(claims.map(({ key }, i) => [key, claimed[i]]));
    return deliveries.map((delivery) => {
      const verdict = verdicts.get(delivery.key) ?? { verdict: 'busy', hasBrowsers: false };
      return verdict.verdict === 'mine' && claimants.get(delivery.key) !== delivery
        ? { verdict: 'busy', hasBrowsers: false }
        : verdict;
    });
  }, 200);
  const settle = gather(async (outcomes: Outcome[]): Promise<undefined[]> => {
    await settleDeliveries(db, outcomes, clock.now());
    return outcomes.map(() => undefined);
  }, 200);
  return {
    async deliver(delivery, send, push) {
      const { key } = delivery;
      const claimed = await claim(delivery);
      if (claimed.hasBrowsers && claimed.verdict !== 'busy') await push?.();
      if (claimed.verdict === 'done') return 'done';
      if (claimed.verdict === 'busy') throw new Error(`another job is sending the message ${key}`);
      try {
        await send(claimed);
      } catch (error) {
        const { message } = error as Error;
        const tried = clock.now().getTime() - claimed.since.getTime();
        const isOver = error instanceof Undeliverable || tried >= patienceMs[delivery.channel];
        await settle({ key, state: isOver ? 'failed' : 'waiting', error: message.slice(0, 500) });
        if (isOver) return 'failed';
        throw error;
      }
      await settle({ key, state: 'sent', error: null });
      return 'sent';
    },
    noteHeld: (held) => noteHeldBack(db, { ...held, id: newId('message') }, clock.now()),
    async withdraw(tried, why) {
      await withdrawDeliveries(db, tried, why, clock.now());
    },
  };
}
