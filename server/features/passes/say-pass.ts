import { Refused } from '../../../contract/errors.ts';
import type { PassWallet } from '../../../contract/wallet-passes.ts';
import type { App } from '../../app.ts';
import { readOrder } from '../orders/read-order.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import type { OwnTicket } from '../tickets/own-tickets.ts';
import { printableOf } from '../tickets/printable.ts';
import { readTicket } from '../tickets/read-ticket.ts';
import { appleContentOf } from './apple-pass.ts';
import { googleContentOf } from './google-pass.ts';
import { digestOf, factsOf, type PassFacts, type PassRow } from './pass.ts';
import { findOrganiserName } from './store.ts';
import type { GoogleThing, PassJson } from './wallets.ts';

/** What a pass says now, and the digest of it. */
export interface SaidPass {
  facts: PassFacts;
  content: PassJson | Omit<GoogleThing, 'id'>;
  digest: string;
}

/** What a pass says of its ticket now. Null if the ticket was deleted, or if the site makes no passes for the wallet any more. */
export async function readPassNow(app: App, pass: PassRow): Promise<SaidPass | null> {
  const ticket = await readTicket(app.db, pass.ticketId);
  const order = ticket && (await readOrder(app, ticket.orderId));
  const event = order && (await readEventSale(app, order.eventId));
  if (!ticket || !order || !event || !makes(app, pass.wallet)) return null;
  return sayPass(app, pass, { ticket, order, event });
}

export async function sayPass(
  app: App,
  pass: Pick<PassRow, 'issue' | 'language' | 'wallet'>,
  { ticket, order, event }: OwnTicket,
): Promise<SaidPass> {
  const mayBeCopied = (await printableOf(app, event, [ticket])).length > 0;
  const organiser = await organiserOf(app, event);
  const facts = factsOf(app.signer, pass, { ticket, order, event, organiser, mayBeCopied });
  const content = contentOf(app, pass.wallet, facts);
  return { facts, content, digest: digestOf(content) };
}

/** Apple's devices show the name on the lock screen; it may not be empty. */
export const organiserOf = async (app: Pick<App, 'db'>, { eventId, title }: EventSale): Promise<string> =>
  (await findOrganiserName(app.db, eventId)) || title;

export const makes = (app: Pick<App, 'appleWallet' | 'googleWallet'>, wallet: PassWallet): boolean =>
  wallet === 'apple' ? app.appleWallet?.hasExpired() === false : app.googleWallet !== null;

function contentOf(app: App, wallet: PassWallet, facts: PassFacts): SaidPass['content'] {
  const { publicUrl } = app.config;
  if (wallet === 'apple') return appleContentOf(facts, publicUrl);
  if (!app.googleWallet) throw new Refused('passes_off');
  return googleContentOf(facts, { issuer: app.googleWallet.issuer, publicUrl });
}
