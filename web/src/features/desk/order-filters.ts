import type { EventId, TicketTypeId } from '../../../../contract/ids.ts';
import { orderOrigins } from '../../../../contract/order-origins.ts';
import type { OrderFilters, OrderSort } from '../../../../contract/order-search.ts';

/** The filters of the list of orders, as its address has them. Days are of the reader's time zone, the last one included. */
const filterNames = [
  'event',
  'type',
  'status',
  'refunded',
  'origin',
  'checkedIn',
  'from',
  'to',
  'least',
  'most',
  'code',
  'tag',
  'link',
  'first',
] as const;
export type FilterName = (typeof filterNames)[number];
export type ChosenFilters = Partial<Record<FilterName, string>>;

/** What the address of the list says. */
export type SearchOfOrders = { org?: string; q?: string; view?: string; cols?: string } & ChosenFilters;

/** The filters in an address, which may have anything. */
export const filtersIn = (search: SearchOfOrders): ChosenFilters =>
  Object.fromEntries(filterNames.flatMap((name) => (search[name] ? [[name, search[name]]] : [])));

export const statuses = [
  'pending',
  'confirmed',
  'completed',
  'failed',
  'expired',
  'cancelled',
  'refunded',
] as const;
export const refundStates = ['none', 'part', 'whole'] as const;

const day = /^\d{4}-\d\d-\d\d$/;
const among = <T extends string>(values: readonly T[], value: string | undefined): T | undefined =>
  values.find((each) => each === value);

/** Decision: the query for these filters. What nobody can ask for is left out: an address may have anything. */
export function queryOf(chosen: ChosenFilters): OrderFilters & { sort?: OrderSort } {
  const { event, type, status, refunded, origin, checkedIn, from, to, least, most, code, tag, link, first } =
    chosen;
  const query = {
    event: event?.startsWith('evt_') ? (event as EventId) : undefined,
    ticketType: type?.startsWith('tty_') ? (type as TicketTypeId) : undefined,
    status: among(statuses, status),
    refunded: among(refundStates, refunded),
    origin: among(orderOrigins, origin),
    checkedIn: among(['yes', 'no'], checkedIn),
    from: startOf(from, 0),
    to: startOf(to, 1),
    minTotal: minorOf(least),
    maxTotal: minorOf(most),
    code: code?.slice(0, 40),
    tag: tag?.slice(0, 40),
    link: link?.slice(0, 60),
    sort: among(['oldest'], first),
  };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));
}

const minorOf = (text: string | undefined): number | undefined =>
  text && /^\d{1,12}$/.test(text) ? Number(text) : undefined;

/** The first instant of a day, or of so many days later. */
function startOf(text: string | undefined, later: number): string | undefined {
  if (!dayIn(text)) return undefined;
  const [year = 0, month = 1, date = 1] = (text ?? '').split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

/** The day in an address, which may have anything. */
export function dayIn(text: string | undefined): string | undefined {
  const at = new Date(`${text}T00:00Z`);
  const isDay = text !== undefined && day.test(text) && at.toJSON()?.startsWith(text);
  return isDay && at.getUTCFullYear() >= 1971 && at.getUTCFullYear() <= 9990 ? text : undefined;
}
