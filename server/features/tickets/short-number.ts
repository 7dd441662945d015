import { createHmac } from 'node:crypto';
import { toBase32 } from '../../../contract/base32.ts';
import { bytesOfId } from '../../../contract/id-bytes.ts';
import { checkCharacterOf, shortNumberLength } from '../../../contract/short-number.ts';
import type { TicketClaim } from './code.ts';

/**
 * Makes the short number of a ticket (contract/short-number.ts): nine characters of an HMAC over event, ticket and issue, 45 bits,
 * and the check character. So a ticket that was passed on has another number than before.
 */
export function shortNumberOf(key: Buffer, { eventId, ticketId, issue }: TicketClaim): string {
  const issued = Buffer.alloc(2);
  issued.writeUInt16BE(issue);
  const hmac = createHmac('sha256', key)
    .update(bytesOfId(eventId))
    .update(bytesOfId(ticketId))
    .update(issued);
  const nine = toBase32(hmac.digest().subarray(0, 10)).slice(0, shortNumberLength - 1);
  return nine + checkCharacterOf(nine);
}
