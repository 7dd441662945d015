import type { EventSale } from '../sale/event-sale.ts';

/** The event and its terms at the moment of the order. Edits of the event do not change them. */
export interface SoldAs
  extends Pick<
    EventSale,
    | 'version'
    | 'title'
    | 'startsAt'
    | 'endsAt'
    | 'timeZone'
    | 'venueName'
    | 'address'
    | 'city'
    | 'refundPolicy'
  > {}

export const soldAsOf = (sale: EventSale): SoldAs => ({
  version: sale.version,
  title: sale.title,
  startsAt: sale.startsAt,
  endsAt: sale.endsAt,
  timeZone: sale.timeZone,
  venueName: sale.venueName,
  address: sale.address,
  city: sale.city,
  refundPolicy: sale.refundPolicy,
});

/** The stored and shown form, with times as text. */
export type StoredSoldAs = Omit<SoldAs, 'startsAt' | 'endsAt'> & { startsAt: string; endsAt: string };

export const toSoldAs = (stored: StoredSoldAs): SoldAs => ({
  ...stored,
  startsAt: new Date(stored.startsAt),
  endsAt: new Date(stored.endsAt),
});

export const showSoldAs = (soldAs: SoldAs): StoredSoldAs => ({
  ...soldAs,
  startsAt: soldAs.startsAt.toISOString(),
  endsAt: soldAs.endsAt.toISOString(),
});
