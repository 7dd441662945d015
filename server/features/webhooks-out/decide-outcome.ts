import type { WebhookAnswer } from './sender.ts';

const minute = 60;
const hour = 3600;
/** The pauses between attempts, in seconds. The last attempt comes three days after the first. */
const pauses = [
  5,
  minute,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  10 * hour,
  16 * hour,
  16 * hour,
];
const giveUpMs = 72 * hour * 1000;
/** Up to a tenth of a pause is left out, so that many webhooks that failed together do not come back together. */
const jitter = 0.1;
const longestAskedPauseMs = 6 * hour * 1000;

/** How many attempts a webhook gets at most. */
const mostAttempts = pauses.length + 2;

interface Tried {
  deliveryId: string;
  /** How often it was tried, with this attempt. */
  attempts: number;
  /** When the first attempt was due. */
  since: Date;
  answer: Pick<WebhookAnswer, 'status' | 'retryAfterSeconds'>;
  now: Date;
}

type Outcome =
  | { is: 'delivered' }
  | { is: 'again'; at: Date }
  /** `gone`: the receiver wants no more webhooks at all. */
  | { is: 'failed'; isGone: boolean };

/** Decision: what becomes of a webhook after an attempt. */
export function decideOutcome({ deliveryId, attempts, since, answer, now }: Tried): Outcome {
  const { status, retryAfterSeconds } = answer;
  if (status !== null && status >= 200 && status < 300) return { is: 'delivered' };
  if (status === 410) return { is: 'failed', isGone: true };
  const lastMs = since.getTime() + giveUpMs;
  if (attempts >= mostAttempts || now.getTime() >= lastMs) return { is: 'failed', isGone: false };
  const pause = pauses[attempts - 1];
  if (pause === undefined) return { is: 'again', at: new Date(lastMs) };
  const pauseMs = pause * 1000 * (1 - jitter * shareOf(deliveryId, attempts));
  const askedMs =
    status === 429 || status === 503 ? Math.min((retryAfterSeconds ?? 0) * 1000, longestAskedPauseMs) : 0;
  return { is: 'again', at: new Date(Math.min(lastMs, now.getTime() + Math.max(pauseMs, askedMs))) };
}

/** A number from 0 to 1 that follows from the delivery (FNV-1a), so that the decision is a function. */
function shareOf(deliveryId: string, attempts: number): number {
  let hash = 0x811c9dc5;
  for (const letter of `${deliveryId} ${attempts}`)
    hash = Math.imul(hash ^ (letter.codePointAt(0) as number), 0x01000193) >>> 0;
  return hash / 2 ** 32;
}
