import { Refused } from '../../../contract/errors.ts';
import { capacityOf } from '../sale/pools.ts';
import type { EventDraft } from './draft.ts';

/** What an event lacks before it can be sold, in words for its organiser; empty if nothing. */
export function lacksForSale(draft: EventDraft): string[] {
  if (draft.ticketTypes.length === 0) return ['a ticket type'];
  const sells = draft.ticketTypes.some((type) => capacityOf(draft, type) > 0);
  return sells ? [] : ['a ticket type with places to sell'];
}

/** What it also needs on the day it is published. */
export function lacksForPublication(draft: EventDraft, now: Date): string[] {
  const lacks = lacksForSale(draft);
  if (new Date(draft.startsAt) <= now) lacks.push('a start in the future');
  if (draft.saleEndsAt !== null && new Date(draft.saleEndsAt) <= now)
    lacks.push('an end of sale in the future');
  return lacks;
}

export function refuseWhenLacking(missing: string[]): void {
  if (missing.length === 0) return;
  throw new Refused('event_not_publishable', {
    detail: `The event needs ${missing.join(' and ')}.`,
    missing,
  });
}
