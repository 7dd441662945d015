import { stepMinor } from '../../../../contract/currencies.ts';
import type { Event, ManagedEvent, TicketType } from '../../../../contract/events.ts';
import type { TicketTypeId } from '../../../../contract/ids.ts';
import { type BookingFee, partsOf, priceOf, type Tax } from '../../../../contract/price.ts';
import type { Draft } from '../organise/draft.ts';
import { bodyOf } from '../organise/event-body.ts';

/**
 * The event as its page would show it with what is typed now. What is no valid value yet is shown as it is saved. The description is
 * shown as it was saved last, because the server makes its blocks.
 */
export function previewOf(draft: Draft, saved: ManagedEvent): Event {
  const body = bodyOf(draft, saved);
  const { venue } = draft;
  return {
    ...saved,
    title: draft.title.trim() || saved.title,
    summary: draft.summary,
    coverUrl: body.coverUrl ?? null,
    coverAlt: draft.coverAlt,
    tags: body.tags ?? saved.tags,
    startsAt: body.startsAt || saved.startsAt,
    endsAt: body.endsAt || saved.endsAt,
    doorsAt: body.doorsAt || null,
    timeZone: draft.timeZone,
    venue: {
      ...saved.venue,
      name: venue.name,
      address: venue.address,
      city: venue.city,
      country: venue.country,
    },
    currency: draft.currency,
    ticketTypes: (body.ticketTypes ?? []).map((type, i) =>
      typeOf(type, draft, i, saved, body.bookingFee as BookingFee | null),
    ),
  };
}

function typeOf(
  type: {
    id?: string | undefined;
    name: string;
    description?: string | undefined;
    priceMinor: number;
    tax?: unknown;
  },
  draft: Draft,
  at: number,
  saved: ManagedEvent,
  fee: BookingFee | null,
): TicketType {
  const { currency } = draft;
  const tax = (type.tax ?? null) as Tax | null;
  const listMinor = Number.isNaN(type.priceMinor) ? 0 : type.priceMinor;
  const minor = priceOf(partsOf(listMinor, { tax, fee: validFee(fee), step: stepMinor(currency) }));
  const known = saved.ticketTypes.find(({ id }) => id === type.id);
  const source = draft.ticketTypes[at]?.source ?? '';
  return {
    id: (type.id ?? `tty_new${at}`) as TicketTypeId,
    name: type.name,
    description: type.description ?? '',
    price: { amount: minor, currency },
    fullPrice: { amount: minor, currency },
    listPrice: { amount: listMinor, currency },
    minPerOrder: known?.minPerOrder ?? 1,
    priceSteps: known?.priceSteps ?? [],
    groupPrices: known?.groupPrices ?? [],
    payWhatYouWant: known?.payWhatYouWant ?? null,
    tax,
    pools: [],
    zone: source.startsWith('zone:') ? source.slice('zone:'.length) : null,
    maxPerOrder: known?.maxPerOrder ?? 10,
    saleStartsAt: known?.saleStartsAt ?? null,
    saleEndsAt: known?.saleEndsAt ?? null,
  };
}

/** A fee that is being typed may have parts that are no numbers. */
const validFee = (fee: BookingFee | null): BookingFee | null =>
  fee && [fee.perTicketMinor, fee.perTicketPercent, fee.perOrderMinor].every(Number.isFinite) ? fee : null;
