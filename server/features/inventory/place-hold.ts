import { Refused } from '../../../contract/errors.ts';
import type { ChosenPlaces, Hold, NewHold } from '../../../contract/holds.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import type { Refusal } from './inventory.ts';
import { findFirstExpiry } from './marks-store.ts';
import { payForGuess } from './promo-guesses.ts';
import { showHold } from './show-hold.ts';
import type { Wants } from './wants.ts';

/**
 * Holds places for the caller, all or none. The ledger makes the whole decision. A retry with the same
 * Idempotency-Key returns the first hold.
 */
export async function placeHold(
  app: App,
  call: Call<{ eventId: EventId }, undefined, NewHold, 'signed-in'>,
): Promise<Hold> {
  const { eventId } = call.params;
  const checked = app.rooms.check(eventId, call.caller.userId, call.header('queue-token'));
  if (checked) await checked;
  const { code } = call.body;
  const settle = code === undefined ? null : await payForGuess(app, { ...call, eventId, code });
  const outcome = await app.ledger.submit(eventId, {
    kind: 'place',
    holdId: app.newId('hold'),
    buyerId: call.caller.userId,
    wants: wantsOf(call.body),
    retry: call.retry,
    network: app.marks.ofNetwork(call.ip, call.caller.emailVerified && !call.caller.isGuest),
    ...(code !== undefined && { code }),
  });
  settle?.(outcome.kind === 'refused' ? outcome.code : null);
  if (outcome.kind === 'refused') return refuseHold(app, eventId, outcome);
  if (outcome.kind !== 'held') throw new Error(`placing a hold came out as ${outcome.kind}`);
  const hold = showHold(outcome.hold, app.clock.now());
  return outcome.resumed ? { ...hold, resumed: true } : hold;
}

/** Throws the ledger's refusal. A network's limit includes the time when its first place becomes free. */
export async function refuseHold(
  app: App,
  eventId: EventId,
  { code, members, network }: Refusal,
): Promise<never> {
  if (code !== 'network_limit' || network === undefined) throw new Refused(code, members);
  const now = app.clock.now();
  const first = await findFirstExpiry(app.db, { eventId, network, now });
  // The places that blocked it may have become free since.
  const freeAt = first ?? now;
  const retryAfterSeconds = Math.max(1, Math.ceil((freeAt.getTime() - now.getTime()) / 1000));
  throw new Refused(code, { ...members, freeAt: freeAt.toISOString(), retryAfterSeconds });
}

function wantsOf(body: NewHold): Wants {
  if (!body.bestAvailable) return namedIn(body);
  return { kind: 'best', ...body.bestAvailable, seatMapId: body.seatMapId };
}

/** The contract demands items or seats. */
export function namedIn({ items, seats, seatMapId }: ChosenPlaces): Exclude<Wants, { kind: 'best' }> {
  if (seats) return { kind: 'seats', seats, items, seatMapId };
  if (items) return { kind: 'items', items };
  throw new Refused('invalid_request');
}
