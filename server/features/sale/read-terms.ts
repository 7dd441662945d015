import type { EventId } from '../../../contract/ids.ts';
import type { Reads } from '../../data/db.ts';
import type { PromoCodeRow } from './promo-codes.ts';
import { selectPromoCodes } from './promo-store.ts';
import { selectTicketTypes } from './store.ts';
import type { TicketTypeRow } from './ticket-types.ts';

/** Reads the ticket types of events, for other features. An event without ticket types is not in the map. */
export const readTicketTypes = (db: Reads, eventIds: EventId[]): Promise<Map<EventId, TicketTypeRow[]>> =>
  selectTicketTypes(db, eventIds);

/** Reads the promo codes of an event, for other features. */
export const readPromoCodes = (db: Reads, eventId: EventId): Promise<PromoCodeRow[]> =>
  selectPromoCodes(db, eventId);
