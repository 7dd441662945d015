import type { z } from 'zod';
import type { checkInGroup as operation } from '../../../contract/door-tickets.ts';
import { Refused } from '../../../contract/errors.ts';
import { groupNonce } from '../../../contract/group-nonce.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { DoorCaller } from '../door-links/door-device.ts';
import { type Scanner, scannerOf } from '../door-links/scanner.ts';
import type { TicketClaim } from '../tickets/code.ts';
import { admitScans } from './admit-scans.ts';
import { type BatchReply, toResult } from './check-in-batch.ts';
import { type GroupTicket, selectGroup, selectIssue, selectSent } from './look-up-store.ts';
import { readCode } from './read-scans.ts';

type Body = z.output<NonNullable<(typeof operation)['body']>>;

/**
 * Admits the other tickets of the order that a code belongs to, for guests who come together with one phone. A ticket that was passed
 * on belongs to another person, who brings its code.
 */
export async function checkInGroup(
  app: App,
  call: {
    caller: DoorCaller;
    params: { eventId: EventId };
    body: Body;
    header?(name: string): string | undefined;
  },
): Promise<BatchReply> {
  const { eventId } = call.params;
  const scanner = await scannerOf(app, call);
  const claim = await claimOf(app, eventId, call.body, scanner);
  const group = await selectGroup(app.db, eventId, claim.ticketId);
  const mine = group.find(({ id }) => id === claim.ticketId);
  if (!mine) throw new Refused('unknown_ticket');
  if (mine.issue !== claim.issue) throw new Refused('ticket_reissued');
  // Guests come in together, and their extras are handed out together.
  const others = group.filter(
    ({ id, transfer_id, is_extra }) =>
      id !== mine.id && transfer_id === mine.transfer_id && is_extra === mine.is_extra,
  );
  const nonceOf = ({ id }: GroupTicket) => groupNonce(call.body.nonce, id);
  const seen = await selectSent(app.db, eventId, others.map(nonceOf));
  const sent = seen.map(({ ticketId }) => ticketId);
  const { code: _, ticketId: __, nonce: ___, count, ticketIds, ...at } = call.body;
  const unused = others.filter(({ id, status }) => status === 'valid' || sent.includes(id));
  const chosen = ticketIds ? others.filter(({ id }) => ticketIds.includes(id)) : unused.slice(0, count);
  const scans = chosen.map((each) => ({
    ...at,
    claim: { eventId, ticketId: each.id, issue: each.issue, shown: null },
    nonce: nonceOf(each),
  }));
  const outcomes = await admitScans(app, eventId, scans, scanner);
  const results = scans.map((scan, i) => toResult(scan, outcomes[i] as (typeof outcomes)[number]));
  return { now: app.clock.now().toISOString(), results };
}

/** The ticket by which the group is known: that of a code, or one that the gate has found. */
async function claimOf(
  app: App,
  eventId: EventId,
  { code, ticketId }: Pick<Body, 'code' | 'ticketId'>,
  scanner: Scanner,
): Promise<TicketClaim> {
  if (code === undefined) {
    const issue = ticketId ? await selectIssue(app.db, eventId, ticketId) : null;
    if (!ticketId || issue === null) throw new Refused('unknown_ticket');
    return { eventId, ticketId, issue };
  }
  const read = await readCode(app, eventId, code, scanner);
  if (read.claim) return read.claim;
  const { code: refusal, ...members } = read.refused;
  throw new Refused(refusal, members);
}
