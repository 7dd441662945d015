import type { GiftCard, GiftCardEntry } from '../../../contract/gift-cards.ts';
import type { GiftCardId, OrderId, OrganisationId, UserId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

export interface CardRow {
  id: GiftCardId;
  organisationId: OrganisationId;
  currency: Currency;
  last4: string;
  source: GiftCard['source'];
  reason: GiftCard['reason'];
  note: string | null;
  amountMinor: number;
  balanceMinor: number;
  expiresAt: Date | null;
  blockedAt: Date | null;
  createdAt: Date;
}

const columns = `
  id, organisation_id as "organisationId", currency, last4, source, reason, note, amount_minor as "amountMinor",
  balance_minor as "balanceMinor", expires_at as "expiresAt", blocked_at as "blockedAt", created_at as "createdAt"`;

const insertSql = `
  with made as (
    insert into gift_cards (id, organisation_id, currency, code_hash, last4, source, reason, note, amount_minor, balance_minor,
      expires_at, made_by, created_at)
    select id, $4, $5, hash, last4, 'issued', $6, $7, $8::bigint, $8::bigint, $9, $10, $11::timestamptz
    from unnest($1::text[], $2::text[], $3::text[]) as card (id, hash, last4)
    returning id, amount_minor
  )
  insert into gift_card_entries (gift_card_id, kind, amount_minor, at)
  select id, 'issued', amount_minor, $11::timestamptz from made order by id`;

export const insertIssued = (
  trx: Transaction,
  cards: { id: GiftCardId; codeHash: string; last4: string }[],
  all: Pick<
    CardRow,
    'organisationId' | 'currency' | 'reason' | 'note' | 'amountMinor' | 'expiresAt' | 'createdAt'
  > & {
    madeBy: UserId;
  },
): Promise<number> =>
  trx.run(insertSql, [
    cards.map(({ id }) => id),
    cards.map(({ codeHash }) => codeHash),
    cards.map(({ last4 }) => last4),
    all.organisationId,
    all.currency,
    all.reason,
    all.note,
    all.amountMinor,
    all.expiresAt,
    all.madeBy,
    all.createdAt,
  ]);

export interface CardFilter {
  organisationId: OrganisationId;
  q: string | undefined;
  /** The hash of the code that `q` is, if it is one. */
  codeHash: string | null;
  state: GiftCard['state'] | undefined;
  now: Date;
}

// The states are those of gift-card.ts (stateOf).
const pageSql = `
  select ${columns} from gift_cards
  where organisation_id = $1 and ($2::text is null or id < $2)
    and ($3::text is null or last4 = upper($3) or code_hash = $4 or starts_with(lower(note), lower($3)))
    and ($5::text is null or $5 = case when blocked_at is not null then 'blocked' when expires_at <= $6 then 'expired'
      when balance_minor = 0 then 'used_up' else 'active' end)
  order by id desc limit $7`;

export const selectPage = (
  db: Queryable,
  { organisationId, q, codeHash, state, now }: CardFilter,
  before: GiftCardId | null,
  limit: number,
): Promise<CardRow[]> =>
  db.query<CardRow>(pageSql, [organisationId, before, q || null, codeHash, state ?? null, now, limit]);

const oneSql = `select ${columns} from gift_cards where organisation_id = $1 and id = $2`;
export const findCard = async (
  db: Queryable,
  organisationId: OrganisationId,
  id: GiftCardId,
): Promise<CardRow | null> => (await db.query<CardRow>(oneSql, [organisationId, id]))[0] ?? null;

const lockSql = `${oneSql} for no key update`;
export const lockCard = async (
  trx: Transaction,
  organisationId: OrganisationId,
  id: GiftCardId,
): Promise<CardRow | null> => (await trx.query<CardRow>(lockSql, [organisationId, id]))[0] ?? null;

const blockSql = `update gift_cards set blocked_at = $2 where id = $1`;
export const setBlocked = (trx: Transaction, id: GiftCardId, at: Date | null): void =>
  trx.write(blockSql, [id, at]);

const entriesSql = `
  select kind, amount_minor as "amountMinor", order_id as "orderId", at from gift_card_entries
  where gift_card_id = $1 order by id desc limit 500`;

export const selectEntries = (
  db: Queryable,
  id: GiftCardId,
): Promise<{ kind: GiftCardEntry['kind']; amountMinor: number; orderId: OrderId | null; at: Date }[]> =>
  db.query(entriesSql, [id]);

const liabilitiesSql = `
  select currency, sum(minor)::bigint as amount
  from (
    select currency, balance_minor as minor from gift_cards where organisation_id = $1
    union all
    select currency, uses.amount_minor from gift_cards join gift_card_uses as uses on uses.gift_card_id = gift_cards.id
    where organisation_id = $1 and state = 'reserved'
  ) as owed
  group by currency having sum(minor) > 0 order by currency`;

/** What is owed to the holders of cards, in each currency. */
export const selectLiabilities = (
  db: Queryable,
  organisationId: OrganisationId,
): Promise<{ currency: Currency; amount: number }[]> => db.query(liabilitiesSql, [organisationId]);

// Cards that have ended with money on them, in the order of their ids. Another transaction that has one may be returning money
// to it, so the next night looks again.
const expiredSql = `
  select ${columns} from gift_cards where expires_at <= $1 and balance_minor > 0
  order by id limit $2 for no key update skip locked`;

export const lockExpired = (trx: Transaction, now: Date, limit: number): Promise<CardRow[]> =>
  trx.query<CardRow>(expiredSql, [now, limit]);

const emptySql = `
  with gone as (
    insert into gift_card_entries (gift_card_id, kind, amount_minor, at)
    select id, 'expired', -balance_minor, $2::timestamptz from gift_cards where id = any($1::text[])
  )
  update gift_cards set balance_minor = 0 where id = any($1::text[])`;

/** Takes what is left of expired cards, which the caller has locked. */
export const emptyExpired = (trx: Transaction, ids: GiftCardId[], now: Date): void =>
  trx.write(emptySql, [ids, now]);
