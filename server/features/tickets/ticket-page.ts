import type { Language } from '../../../contract/languages.ts';
import { formatMoney } from '../../../contract/money.ts';
import type { CollectKind } from '../../../contract/product-fields.ts';
import { shownZone } from '../../../contract/zones.ts';
import { memo } from '../../memo.ts';
import { placesOf } from '../inventory/places.ts';
import type { OrderRecord } from '../orders/orders.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { TicketSigner } from './code.ts';
import { paperCodeOf, priceMinorOf, shortNumberOfTicket, type TicketRow } from './ticket.ts';
import { ticketWords } from './words.ts';

/** The texts on one page of a ticket PDF, without labels. */
export interface TicketPage {
  /** The language of the labels and of these texts. */
  language: Language;
  title: string;
  /** `Saturday, 21 November 2026`, in the event's zone. */
  date: string;
  /** `19:30 – 22:00 CET` */
  time: string;
  doors: string | null;
  venueName: string;
  address: string;
  place: { section: string; row: string; seat: string } | null;
  ticketTypeName: string;
  /** Of an extra, which admits nobody: how the buyer gets it. */
  collect?: CollectKind | undefined;
  price: string;
  attendeeName: string | null;
  buyerName: string;
  orderNumber: string;
  /** The ticket's number among the printed tickets, as in "2 of 3". */
  number: number;
  count: number;
  ticketId: string;
  code: string;
  /** What to type at the door if the code cannot be scanned. */
  shortNumber: string;
}

/** The pages of an order's tickets. Cancelled tickets have none. */
export function ticketPages(
  signer: TicketSigner,
  tickets: TicketRow[],
  order: OrderRecord,
  event: EventSale,
): TicketPage[] {
  const when = eventTimes(event, order.language);
  const places = placesOf(order.lines);
  return tickets.flatMap((ticket, i) => {
    const code = paperCodeOf(signer, ticket);
    if (code === null) return [];
    const page: TicketPage = {
      language: order.language,
      title: event.title,
      ...when,
      venueName: event.venueName,
      address: [event.address, event.city].filter(Boolean).join(', '),
      place: ticket.place,
      ticketTypeName: ticket.ticketTypeName,
      collect: places[ticket.position]?.line.collect,
      price: priceText(priceMinorOf(ticket), order),
      attendeeName: ticket.attendeeName,
      buyerName: order.buyerName,
      orderNumber: order.number,
      number: i + 1,
      count: tickets.length,
      ticketId: ticket.id,
      code,
      shortNumber: shortNumberOfTicket(signer, ticket) ?? '',
    };
    return [page];
  });
}

const priceText = (amountMinor: number, order: OrderRecord) =>
  amountMinor === 0
    ? ticketWords(order.language)('free')
    : formatMoney({ amount: amountMinor, currency: order.currency }, order.language);

interface EventTimes {
  date: string;
  time: string;
  doors: string | null;
}

const times = memo<EventTimes>(1000);

/** The event's times in the event's own zone, as people at the venue say them, wherever the reader is. */
export function eventTimes(event: TimedEvent, language: Language): EventTimes {
  const { startsAt, endsAt, doorsAt, timeZone } = event;
  const key = `${language} ${timeZone} ${startsAt.getTime()} ${endsAt.getTime()} ${doorsAt?.getTime()}`;
  return times(key, () => formatTimes(event, language));
}

/** `Saturday, 21 November 2026, 19:30 CET`: an instant in the words of eventTimes. */
export function instantText(at: Date, timeZone: string, language: Language): string {
  const { day, clock } = formatsIn(timeZone, language);
  return `${day.format(at)}, ${clock.format(at)} ${zoneAt(at, timeZone, language)}`.trim();
}

type TimedEvent = Pick<EventSale, 'startsAt' | 'endsAt' | 'doorsAt' | 'timeZone'>;

function formatTimes(event: TimedEvent, language: Language): EventTimes {
  const { day, clock } = formatsIn(event.timeZone, language);
  const zone = zoneAt(event.startsAt, event.timeZone, language);
  const lastsHours = (event.endsAt.getTime() - event.startsAt.getTime()) / 3_600_000;
  // A club night that ends at six counts as one evening. A festival of three days names its last day.
  const until =
    lastsHours <= 18
      ? clock.format(event.endsAt)
      : `${day.format(event.endsAt)}, ${clock.format(event.endsAt)}`;
  return {
    date: day.format(event.startsAt),
    time: `${clock.format(event.startsAt)} – ${until} ${zone}`.trim(),
    doors: event.doorsAt ? clock.format(event.doorsAt) : null,
  };
}

/** The name of the zone at an instant, as `CET` or `CEST`. */
function zoneAt(at: Date, timeZone: string, language: Language): string {
  const parts = formatsIn(timeZone, language).zoneName.formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

interface Formats {
  day: Intl.DateTimeFormat;
  clock: Intl.DateTimeFormat;
  zoneName: Intl.DateTimeFormat;
}

/** All zones in all languages would be about 2,500. */
const formats = memo<Formats>(3000);

/** Cached for each zone and language, because making a format takes as long as using it a hundred times. */
function formatsIn(timeZone: string, language: Language): Formats {
  return formats(`${language} ${timeZone}`, () => {
    // Western digits for seats and order numbers, also in Arabic.
    const locale = language === 'en' ? 'en-GB' : `${language}-u-nu-latn`;
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { ...options, timeZone: shownZone(timeZone) });
    return {
      day: format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
      clock: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
      zoneName: format({ timeZoneName: 'short' }),
    };
  });
}
