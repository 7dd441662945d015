import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { ProofReason } from '../../../contract/queue-refusals.ts';
import type { App } from '../../app.ts';
import { networkOf } from '../../http/networks.ts';
import type { Caller } from '../accounts/accounts.ts';
import type { Proof } from './proofs.ts';
import { leastAttempts } from './work.ts';

const budget = 'queueGuestsPerNetwork';

/** Whether this caller proves work before joining. Whoever has a verified address has proved something that costs more. */
export const mustProve = (app: Pick<App, 'config'>, caller: Caller): boolean =>
  app.config.queueProofFactor > 0 && (caller.isGuest || !caller.emailVerified);

/**
 * Verifies the proof of a guest who joins. Throws Refused('proof_required') with what is wrong with it, and
 * Refused('queue_network_limit') if too many of the network joined. A proof is not spent before the guest has joined.
 */
export async function proveGuest(
  app: Pick<App, 'config' | 'clock' | 'budgets' | 'queueProofs' | 'metrics'>,
  { eventId, payload, ip }: { eventId: EventId; payload: string | undefined; ip: string },
): Promise<Proof> {
  if (payload === undefined) throw proofRequired(app, eventId, 'missing');
  const key = keyOf(eventId, ip);
  // Pays before anything is judged, and asks in the same moment what is spent. So of many who come at once each counts those before.
  const [retryAfterSeconds, joined] = await Promise.all([
    app.budgets.spend(budget, key),
    joinedLately(app, eventId, ip),
  ]);
  if (retryAfterSeconds > 0) throw new Refused('queue_network_limit', { retryAfterSeconds });
  const least = leastAttempts(joined, app.config.queueProofFactor);
  const judged = await app.queueProofs.judge(payload, { eventId, least, now: app.clock.now() });
  if (typeof judged === 'string') {
    giveBackJoin(app, eventId, ip);
    throw proofRequired(app, eventId, judged);
  }
  return judged;
}

/** A replayed proof must not use up what others of the network have. */
export const giveBackJoin = ({ budgets: kept }: Pick<App, 'budgets'>, eventId: EventId, ip: string): void =>
  kept.giveBack(budget, keyOf(eventId, ip), 1);

export function proofRequired(
  { metrics }: Pick<App, 'metrics'>,
  eventId: EventId,
  reason: ProofReason,
): Refused {
  metrics.queueRefusals.inc({ code: 'proof_required', reason });
  return new Refused('proof_required', { reason, challenge: `/api/events/${eventId}/queue/challenge` });
}

/** How many guests of this network joined the queue in the last ten minutes, as the budget remembers. */
export const joinedLately = async (
  { budgets, config }: Pick<App, 'budgets' | 'config'>,
  eventId: EventId,
  ip: string,
): Promise<number> => (await budgets.spent(budget, keyOf(eventId, ip))) / config.rateLimitFactor;

const keyOf = (eventId: EventId, ip: string): string => `${eventId} ${networkOf(ip)}`;
