import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import { languageOf } from '../../../contract/languages.ts';
import type { NewWaitlistEntry, WaitlistEntry } from '../../../contract/waitlist.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';

import { offerIdOf } from '../inventory/line.ts';

/** Puts the caller at the end of the line for a ticket type. The ledger of the event decides the order. */
export async function joinWaitlist(
  app: App,
  call: Call<{ eventId: EventId }, undefined, NewWaitlistEntry, 'signed-in'>,
): Promise<WaitlistEntry> {
  const { caller, body } = call;
  const { eventId } = call.params;
  const outcome = await app.ledger.submit(eventId, {
    kind: 'join',
    entryId: app.newId('waitlistEntry'),
    buyerId: caller.userId,
    ticketTypeId: body.ticketTypeId,
    quantity: body.quantity,
    network: app.marks.ofNetwork(call.ip, caller.emailVerified && !caller.isGuest),
    // An account has an address of its own, which it may change while it waits.
    email: caller.isGuest ? (body.email ?? null) : null,
    language: languageOf(call.header('accept-language')),
    retry: call.retry,
  });
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
  if (outcome.kind !== 'joined') throw new Error(`joining the waitlist came out as ${outcome.kind}`);
  const { entry, position } = outcome;
  const now = app.clock.now().toISOString();
  return {
    id: entry.id,
    eventId,
    ticketTypeId: entry.ticketTypeId,
    quantity: entry.quantity,
    status: entry.status,
    position,
    joinedAt: entry.joinedAt.toISOString(),
    ...(entry.status === 'offered' &&
      entry.offerEndsAt && {
        offer: { holdId: offerIdOf(entry), expiresAt: entry.offerEndsAt.toISOString(), now },
      }),
  };
}
