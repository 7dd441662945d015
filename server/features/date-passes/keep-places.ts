import { Refused } from '../../../contract/errors.ts';
import type { EventId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { PassDate } from './store.ts';

/** The key of the only pool of a pass. */
export const passPool = 'pass';

/** A date that has begun to be over, or was cancelled, keeps nothing more and loses nothing. */
export const isOpen = ({ status, endsAt }: PassDate, now: Date): boolean =>
  status !== 'cancelled' && endsAt > now;

/**
 * Has each open date keep `size` places for the pass, one after the other. It stops at the first date that has too few, and throws
 * Refused('pass_date_full') with it. Throws Refused('pass_changing') if a later change of the pass has reached a date.
 */
export async function keepPlaces(
  app: App,
  {
    passId,
    dates,
    size,
    turn,
    by,
  }: { passId: EventId; dates: PassDate[]; size: number; turn: number; by: UserId },
): Promise<void> {
  for (const date of dates) {
    if (!isOpen(date, app.clock.now())) continue;
    const { eventId, ticketTypeId, holdId } = date;
    const command = { kind: 'keep' as const, holdId, buyerId: by, passId, ticketTypeId, size, turn };
    const outcome = await app.ledger.submit(eventId, command);
    if (outcome.kind !== 'refused' || outcome.code === 'event_cancelled') continue;
    if (outcome.code !== 'sold_out') throw new Refused(outcome.code, outcome.members);
    const available = Number(outcome.members?.available ?? 0);
    throw new Refused('pass_date_full', { eventId, available, detail: tooFew(date, available) });
  }
}

const tooFew = ({ title }: PassDate, available: number): string =>
  `"${title}" has only ${available} free places for this pass.`;
