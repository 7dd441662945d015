import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Scanner } from '../door-links/scanner.ts';
import type { TicketClaim } from '../tickets/code.ts';
import { selectIssues } from './look-up-store.ts';

/** The short numbers of an event's tickets. */
export interface KnownNumbers {
  byNumber: Map<string, { ticketId: TicketId; issue: number }>;
  /** The newest issue of each ticket whose number is known. */
  issues: Map<TicketId, number>;
}

const ticketsPerTurn = 2000;

type FoundNumber =
  | { claim: TicketClaim }
  | { claim: null; code: 'wrong_number' }
  | { claim: null; code: 'too_many_attempts'; retryAfterSeconds: number };

/**
 * Finds the ticket with this short number. A number says nothing of its ticket, so the server computes those of all tickets of the
 * event on first use and keeps them. Wrong numbers cost the scanner's budget, so nobody finds one of 2^45 by trying.
 */
export async function findByNumber(
  app: App,
  eventId: EventId,
  number: string,
  scanner: Pick<Scanner, 'deviceId' | 'userId'>,
): Promise<FoundNumber> {
  const key = scanner.deviceId ?? scanner.userId ?? '';
  // Paid before anybody knows that the number is wrong, so that a thousand guesses at once cost as much as one after the other.
  const waitSeconds = await app.budgets.spend('wrongNumbersPerScanner', key);
  if (waitSeconds > 0) return { claim: null, code: 'too_many_attempts', retryAfterSeconds: waitSeconds };
  const known = await app.caches.shortNumbers.get(eventId);
  const found = known?.byNumber.get(number) ?? (await readNumbers(app, eventId)).byNumber.get(number);
  if (found) {
    app.budgets.giveBack('wrongNumbersPerScanner', key, 1);
    return { claim: { eventId, ...found } };
  }
  return { claim: null, code: 'wrong_number' };
}

/**
 * The numbers of all tickets that there are now. On first use 50,000 take 1.3 s of computing, in portions; later only new
 * tickets and new issues are computed.
 */
export function readNumbers(app: App, eventId: EventId): Promise<KnownNumbers> {
  const { shortNumbers } = app.caches;
  const known = shortNumbers.get(eventId) ?? Promise.resolve({ byNumber: new Map(), issues: new Map() });
  const reading = known.then((numbers) => addNew(app, eventId, numbers));
  shortNumbers.put(eventId, reading);
  reading.catch(() => shortNumbers.forget(eventId));
  return reading;
}

async function addNew(app: App, eventId: EventId, numbers: KnownNumbers): Promise<KnownNumbers> {
  let computed = 0;
  for (const { id, issue: newest } of await selectIssues(app.db, eventId)) {
    // The number of an earlier issue is refused by name, as its code is.
    for (let issue = (numbers.issues.get(id) ?? 0) + 1; issue <= newest; issue++) {
      numbers.byNumber.set(app.signer.shortNumber({ eventId, ticketId: id, issue }), { ticketId: id, issue });
      numbers.issues.set(id, issue);
      if (++computed % ticketsPerTurn === 0) await nextTurn();
    }
  }
  return numbers;
}
