import fc from 'fast-check';
import { makeId } from '../../../../contract/ids.ts';
import type { TicketClaim } from '../code.ts';

const random = fc.uint8Array({ minLength: 10, maxLength: 10 });
const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });

export const claims: fc.Arbitrary<TicketClaim> = fc.record({
  eventId: fc.tuple(time, random).map(([ms, bytes]) => makeId('event', ms, bytes)),
  ticketId: fc.tuple(time, random).map(([ms, bytes]) => makeId('ticket', ms, bytes)),
  issue: fc.integer({ min: 1, max: 65_535 }),
});
