import type { EventId, OrderId, OrganisationId, UserId } from '../../../contract/ids.ts';
import type {
  PlatformEvent,
  PlatformOrder,
  PlatformOrganisation,
  PlatformUser,
} from '../../../contract/platform-desk.ts';
import type { App } from '../../app.ts';
import { systemClock } from '../../clock.ts';
import type { Call } from '../../http/bind.ts';
import { orderNumber } from '../orders/orders.ts';
import { searchEvents, searchOrders, searchOrganisations, searchUsers } from './searches.ts';
import { selectEvents, selectOrders, selectOrganisations, selectUsers } from './store.ts';

/* Lists for admins. The cursor is the id of the last row shown. */

interface Page<Item, Id> {
  items: Item[];
  nextCursor: Id | null;
}
type Asked<Id, State = undefined> = Call<
  undefined,
  {
    q?: string | undefined;
    cursor?: Id | undefined;
    limit: number;
  } & (State extends undefined ? unknown : { state: State }),
  undefined,
  'admin'
>;

export async function listUsers(
  app: App,
  { query }: Asked<UserId, 'all' | 'suspended' | 'admins'>,
): Promise<Page<PlatformUser, UserId>> {
  const search = searchUsers(query.q ?? '', query.state);
  // Sessions end by the machine's clock.
  const rows = search
    ? await selectUsers(app.db, search.by, search.value, wanted(query), systemClock.now())
    : [];
  return pageOf(rows, query.limit, (row) => ({
    id: row.id,
    name: row.name,
    email: row.isGuest ? null : row.email,
    emailVerified: row.emailVerified,
    role: row.role,
    twoFactor: row.twoFactor,
    createdAt: row.createdAt.toISOString(),
    suspended: row.suspendedAt && { at: row.suspendedAt.toISOString(), reason: row.suspendedReason ?? '' },
    sessions: row.sessions,
    organisations: row.organisations,
  }));
}

export async function listOrganisations(
  app: App,
  { query }: Asked<OrganisationId, 'all' | 'suspended' | 'held'>,
): Promise<Page<PlatformOrganisation, OrganisationId>> {
  const search = searchOrganisations(query.q ?? '', query.state);
  const rows = search ? await selectOrganisations(app.db, search.by, search.value, wanted(query)) : [];
  return pageOf(rows, query.limit, (row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

export async function listPlatformEvents(
  app: App,
  { query }: Asked<EventId, 'all' | 'removed'>,
): Promise<Page<PlatformEvent, EventId>> {
  const search = searchEvents(query.q ?? '', query.state);
  const rows = search ? await selectEvents(app.db, search.by, search.value, wanted(query)) : [];
  return pageOf(rows, query.limit, (row) => ({ ...row, startsAt: row.startsAt.toISOString() }));
}

export async function listPlatformOrders(
  app: App,
  { query }: Asked<OrderId>,
): Promise<Page<PlatformOrder, OrderId>> {
  const search = searchOrders(query.q ?? '');
  const rows = search ? await selectOrders(app.db, search.by, search.value, wanted(query)) : [];
  return pageOf(rows, query.limit, (row) => ({
    id: row.id,
    number: orderNumber(row.id),
    status: row.status,
    buyer: { id: row.buyerId, name: row.buyerName, email: row.buyerEmail },
    event: row.event,
    organisation: row.organisation,
    total: { amount: row.totalMinor, currency: row.currency },
    refunded: { amount: row.refundedMinor, currency: row.currency },
    createdAt: row.createdAt.toISOString(),
  }));
}

const wanted = <Id>({ cursor, limit }: { cursor?: Id | undefined; limit: number }) => ({
  cursor: cursor ?? null,
  limit: limit + 1,
});

function pageOf<Row extends { id: string }, Item>(
  rows: Row[],
  limit: number,
  show: (row: Row) => Item,
): Page<Item, Row['id']> {
  const page = rows.slice(0, limit);
  return { items: page.map(show), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
