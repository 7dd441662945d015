import type { z } from 'zod';
import { Refused } from '../../../contract/errors.ts';
import { walletsThatCount } from '../../../contract/gate-code.ts';
import type { TicketId } from '../../../contract/ids.ts';
import type { openWallet as operation } from '../../../contract/tickets.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readOwnTicket } from './own-tickets.ts';
import { readWallets } from './read-wallets.ts';
import { claimOf, hasCode, type TicketRow } from './ticket.ts';
import { insertWallet } from './wallet-store.ts';

/** Gives a wallet the secret with which it shows the codes of a ticket, also without a network. */
export async function openWallet(
  app: App,
  call: { caller: Caller; params: { ticketId: TicketId }; body: { wallet?: number | undefined } },
): Promise<z.infer<NonNullable<(typeof operation)['reply']>>> {
  const { ticket, event } = await readOwnTicket(app, call.caller, call.params.ticketId);
  if (event.ticketCodes === 'fixed') throw new Refused('codes_fixed');
  if (!hasCode(ticket)) throw new Refused('ticket_not_admissible');
  const own = call.body.wallet;
  const counts = own !== undefined && (await stillCounts(app, ticket, own));
  const device = counts ? own : await insertWallet(app.db, ticket.eventId, ticket.id);
  return { ...app.signer.walletKey(claimOf(ticket), device), now: app.clock.now().toISOString() };
}

async function stillCounts(app: App, { eventId, id }: TicketRow, wallet: number): Promise<boolean> {
  const { devices } = (await readWallets(app, eventId, [id]))(id);
  return wallet <= devices && wallet > devices - walletsThatCount;
}
