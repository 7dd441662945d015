import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { readAddresses } from '../accounts/read-addresses.ts';
import { readEntry, readResalePrice } from '../inventory/read-line.ts';
import { readEventSale } from '../sale/event-sale.ts';
import type { Letter } from './letter.ts';
import { type OfferMailJob, waitlistLetter } from './waitlist-letter.ts';

interface OfferMail {
  to: { name: string; address: string };
  letter: Letter;
  language: Letter['language'];
  eventId: EventId;
}

/** The page that opens the offer on any device, with its secret. */
export const offerUrl = (app: App, entryId: OfferMailJob['entryId']): string =>
  `${app.config.publicUrl}/offers/${entryId}#${app.offerLinks.secretOf(entryId)}`;

/**
 * The mail about an offer, or null if there is nobody to write to: the offer is over, or a guest gave no address. It is sent
 * once for an offer.
 */
export async function offerMail(app: App, { entryId }: OfferMailJob): Promise<OfferMail | null> {
  const entry = await readEntry(app, entryId);
  if (entry?.status !== 'offered' || !entry.offer_ends_at || entry.offer_ends_at <= app.clock.now())
    return null;
  const account = (await readAddresses(app.db, [entry.user_id])).get(entry.user_id);
  const address = account?.email ?? entry.email;
  const event = await readEventSale(app, entry.event_id);
  if (!address || !event) return null;
  const name = account?.name ?? '';
  const url = offerUrl(app, entryId);
  const resalePrice = await readResalePrice(app, entry);
  const letter = waitlistLetter({ entry, event, url, name, resalePrice });
  return { to: { name, address }, letter, language: entry.language, eventId: entry.event_id };
}
