import { digestOf, type Fields } from '../../data/audit-trail.ts';
import type { EventDraft } from './draft.ts';

/**
 * An event as the audit log records it. Lists become objects by id, key or code, so that an entry has only the items that
 * differ. A description or a seat layout may be large, so the entry has its length and hash.
 */
export function eventForAudit(draft: EventDraft): Fields {
  const {
    description,
    seatLayout,
    ticketTypes,
    products,
    pools,
    promoCodes,
    startsAt,
    endsAt,
    undecided,
    ...fields
  } = draft;
  return {
    ...fields,
    startsAt: undecided.includes('startsAt') ? null : new Date(startsAt).toISOString(),
    endsAt: undecided.includes('endsAt') ? null : new Date(endsAt).toISOString(),
    description: digestOf(description),
    seatLayout: seatLayout ? digestOf(JSON.stringify(seatLayout)) : null,
    ticketTypes: Object.fromEntries(ticketTypes.map(({ id, ...type }) => [id ?? type.name, type])),
    products: Object.fromEntries(products.map(({ id, ...product }) => [id ?? product.name, product])),
    pools: Object.fromEntries(pools.map(({ key, ...pool }) => [key, pool])),
    promoCodes: Object.fromEntries((promoCodes ?? []).map(({ code, ...terms }) => [code, terms])),
  };
}
