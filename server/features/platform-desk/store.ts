/**
 * Reads the table of accounts, the table of organisations, the table of catalog, the table of orders, the table of tickets and the table
 * of payments, because a page of the desk shows rows of several of them, and one query for each page is all that stays fast with millions
 * of rows. Each search uses one index and reads a page.
 */
import type { UserRole } from '../../../contract/accounts.ts';
import type { EventId, OrderId, OrganisationId, UserId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable } from '../../data/db.ts';

/** What was typed, as the searches take it. */
interface Wanted<Id> {
  cursor: Id | null;
  limit: number;
}

interface UserFound {
  id: UserId;
  name: string;
  email: string;
  emailVerified: boolean;
  isGuest: boolean;
  role: UserRole;
  twoFactor: boolean;
  createdAt: Date;
  suspendedAt: Date | null;
  suspendedReason: string | null;
  sessions: number;
  organisations: { id: OrganisationId; name: string; role: string }[];
}

const userColumns = `users.id, name, email, email_verified as "emailVerified", is_anonymous as "isGuest", role,
  two_factor_enabled as "twoFactor", created_at as "createdAt", suspended_at as "suspendedAt", suspended_reason as "suspendedReason",
  (select count(*)::int from (select from sessions where user_id = users.id and expires_at > $3 limit 100) as open) as sessions,
  coalesce((select json_agg(json_build_object('id', organisations.id, 'name', organisations.name, 'role', members.role)
      order by organisations.id)
    from members join organisations on organisations.id = members.organisation_id
    where members.user_id = users.id), '[]') as organisations`;
const usersWhere = (condition: string) => `
  select ${userColumns} from users where ($1::text is null or users.id < $1) and ${condition}
  order by users.id desc limit $2`;
/** People with an account. */
const people = `deleted_at is null and not is_anonymous`;
const userSearches = {
  all: usersWhere(people),
  suspended: usersWhere('suspended_at is not null'),
  admins: usersWhere(`role = 'admin'`),
  id: usersWhere('users.id = $4'),
  session: usersWhere('users.id = (select user_id from sessions where id = $4)'),
  address: usersWhere(`${people} and email like $4`),
  name: usersWhere(`${people} and lower(name) like $4`),
};
export type UserSearch = keyof typeof userSearches;

export const selectUsers = (
  db: Queryable,
  by: UserSearch,
  value: string | null,
  { cursor, limit }: Wanted<UserId>,
  now: Date,
): Promise<UserFound[]> =>
  db.query<UserFound>(userSearches[by], [cursor, limit, now, ...(value === null ? [] : [value])]);

interface OrganisationFound {
  id: OrganisationId;
  name: string;
  slug: string;
  createdAt: Date;
  isVerified: boolean;
  isSuspended: boolean;
  payoutsHeld: boolean;
  owners: { id: UserId; name: string; email: string }[];
}

const organisationsWhere = (condition: string) => `
  select organisations.id, name, slug, created_at as "createdAt", verified_at is not null as "isVerified",
    suspended_at is not null as "isSuspended", payouts_held_at is not null as "payoutsHeld",
    coalesce((select json_agg(json_build_object('id', users.id, 'name', users.name, 'email', users.email) order by users.id)
      from members join users on users.id = members.user_id
      where members.organisation_id = organisations.id and members.role = 'owner'), '[]') as owners
  from organisations left join organisation_standings on organisation_id = organisations.id
  where ($1::text is null or organisations.id < $1) and ${condition}
  order by organisations.id desc limit $2`;
const organisationSearches = {
  all: organisationsWhere('true'),
  suspended: organisationsWhere('suspended_at is not null'),
  held: organisationsWhere('payouts_held_at is not null'),
  id: organisationsWhere('organisations.id = $3'),
  name: organisationsWhere('lower(name) like $3'),
};
export type OrganisationSearch = keyof typeof organisationSearches;

export const selectOrganisations = (
  db: Queryable,
  by: OrganisationSearch,
  value: string | null,
  { cursor, limit }: Wanted<OrganisationId>,
): Promise<OrganisationFound[]> =>
  db.query<OrganisationFound>(organisationSearches[by], [cursor, limit, ...(value === null ? [] : [value])]);

interface EventFound {
  id: EventId;
  title: string;
  slug: string;
  status: 'draft' | 'published' | 'cancelled';
  isRemoved: boolean;
  startsAt: Date;
  timeZone: string;
  organisation: { id: OrganisationId; name: string };
}

const eventsWhere = (condition: string) => `
  select events.id, title, events.slug, status, removed_at is not null as "isRemoved", starts_at as "startsAt",
    time_zone as "timeZone", json_build_object('id', organisations.id, 'name', organisations.name) as organisation
  from events join organisations on organisations.id = events.organisation_id
  where ($1::text is null or events.id < $1) and ${condition}
  order by events.id desc limit $2`;
const eventSearches = {
  all: eventsWhere('true'),
  removed: eventsWhere('removed_at is not null'),
  id: eventsWhere('events.id = $3'),
  organisation: eventsWhere('events.organisation_id = $3'),
  title: eventsWhere('lower(title) like $3'),
};
export type EventSearch = keyof typeof eventSearches;

export const selectEvents = (
  db: Queryable,
  by: EventSearch,
  value: string | null,
  { cursor, limit }: Wanted<EventId>,
): Promise<EventFound[]> =>
  db.query<EventFound>(eventSearches[by], [cursor, limit, ...(value === null ? [] : [value])]);

interface OrderFound {
  id: OrderId;
  status: 'pending' | 'confirmed' | 'failed' | 'expired' | 'cancelled';
  buyerId: UserId;
  buyerName: string;
  buyerEmail: string;
  totalMinor: number;
  refundedMinor: number;
  currency: Currency;
  createdAt: Date;
  event: { id: EventId; title: string };
  organisation: { id: OrganisationId; name: string };
}

const ordersWhere = (condition: string) => `
  select orders.id, orders.status, buyer_id as "buyerId", buyer_name as "buyerName", buyer_email as "buyerEmail",
    total_minor as "totalMinor", refunded_minor as "refundedMinor", orders.currency, orders.created_at as "createdAt",
    json_build_object('id', events.id, 'title', events.title) as event,
    json_build_object('id', organisations.id, 'name', organisations.name) as organisation
  from orders join events on events.id = orders.event_id join organisations on organisations.id = events.organisation_id
  where ($1::text is null or orders.id < $1) and ${condition}
  order by orders.id desc limit $2`;
const orderSearches = {
  id: ordersWhere('orders.id = $3'),
  ticket: ordersWhere('orders.id = (select order_id from tickets where id = $3 limit 1)'),
  payment: ordersWhere('orders.id = (select order_id from payments where id = $3 limit 1)'),
  reference: ordersWhere('orders.id in (select order_id from payments where intent_ref = $3)'),
  buyer: ordersWhere('orders.buyer_id = $3'),
  address: ordersWhere('lower(buyer_email) = $3'),
};
export type OrderSearch = keyof typeof orderSearches;

export const selectOrders = (
  db: Queryable,
  by: OrderSearch,
  value: string,
  { cursor, limit }: Wanted<OrderId>,
): Promise<OrderFound[]> => db.query<OrderFound>(orderSearches[by], [cursor, limit, value]);
