import { setTimeout as wait } from 'node:timers/promises';
import { audit } from '../../server/audit/audit.ts';
import type { Db } from '../../server/data/db.ts';
import { isGivenUp } from '../../server/work/jobs.ts';
import { acknowledgedIn, type Entry, type Journal } from './journal.ts';
import { findWrongInLine } from './judge-line.ts';

/** The time limit for the next piece of the work that follows from commits, once everything runs again. */
const stuckAfterMs = 60_000;

// Jobs use the database's clock and wait longer after each failure; here they become due by the test's clock.
const hurryJobsSql = `
  update graphile_worker._private_jobs set run_at = now() where run_at > now() and (run_at <= $1 or attempts > 0) and attempts < max_attempts`;
// A killed process leaves its lease on a sink, which lasts 60 s. A delivery takes far less than the 10 s after which a lease ends
// here.
const hurryLeasesSql = `
  update outbox_cursors set leased_until = clock_timestamp()
  where leased_until between clock_timestamp() and clock_timestamp() + interval '50 seconds'`;
const unfinishedSql = `
  select
    (select count(*) from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts) as jobs,
    (select count(*) from graphile_worker._private_jobs
      where ${isGivenUp}) as "givenUp",
    (select count(*) from outbox where id > (select min(id) from outbox_cursors)) as unpublished,
    (select count(*) from holds where status = 'active' and expires_at <= $1) as overdue,
    (select count(*) from refunds where status = 'pending') as refunds`;

// Which live worker has each job, and the error of its last attempt: the first things to know about a stuck job.
const stuckJobsSql = `
  select format('%s, tries %s, since %s, of %s%s, last error: %s', task_identifier, attempts, now() - run_at, locked_by,
    case when exists (
      select from pg_locks where locktype = 'advisory' and granted
        and (classid::bigint << 32 | objid::bigint) = hashtextextended(locked_by, 0)
    ) then ' who lives' else '' end, left(last_error, 200)) as said
  from graphile_worker.jobs where run_at <= now() limit 5`;

// Where each sink of the outbox is, and why it waits.
const sinksSql = `
  select format('sink %s at %s of %s, tries %s, again in %s, lease of %s for %s', sink, id, (select max(id) from outbox), attempts,
    case when retry_at > clock_timestamp() then retry_at - clock_timestamp() end, leased_by, leased_until - clock_timestamp()) as said
  from outbox_cursors`;

interface Unfinished {
  jobs: number;
  givenUp: number;
  unpublished: number;
  overdue: number;
  refunds: number;
}

/**
 * Waits until nothing is left to do by `now`, as long as less and less is left: a busy machine needs its time. Returns what
 * never got done.
 */
export async function settle(db: Db, now: Date): Promise<string[]> {
  let least = Number.POSITIVE_INFINITY;
  let until = 0;
  for (;;) {
    await db.run(hurryJobsSql, [now]);
    await db.run(hurryLeasesSql);
    const [left] = (await db.query<Unfinished>(unfinishedSql, [now])) as [Unfinished];
    const open = Object.entries(left).filter(([, count]) => count > 0);
    if (open.length === 0) return [];
    const all = open.reduce((sum, [, count]) => sum + count, 0);
    if (all < least) {
      least = all;
      until = performance.now() + stuckAfterMs;
    }
    if (performance.now() > until) {
      const what = open.map(([name, count]) => `${count} ${name}`).join(', ');
      const jobs = await db.query<{ said: string }>(stuckJobsSql);
      const sinks = await db.query<{ said: string }>(sinksSql);
      return [
        [
          `no further for ${stuckAfterMs / 1000} s: ${what}`,
          ...[...jobs, ...sinks].map(({ said }) => said),
        ].join('; '),
      ];
    }
    await wait(100);
  }
}

/** Every broken promise, by the tables themselves and by the answers to buyers. */
export async function judge(db: Db, journal: Journal, now: Date): Promise<string[]> {
  const broken = await audit(db, { acknowledged: acknowledgedIn(journal), now });
  return [
    ...journal.wrong,
    ...broken,
    ...(await compare(db, journal.entries)),
    ...(await findMissing(db, journal)),
    ...(await findWrongReturns(db, journal)),
    ...(await findWrongInLine(db, journal)),
  ];
}

// Every paid order of a cancelled event has lost its tickets. One decision has refunded it, unless the order was over before,
// and then all that was paid has gone back. The sandbox has sent exactly what Admit has booked. A bank that has the money, or a
// provider that refused to send it, changes the amounts and the number of decisions, and the audit checks these.
const calledOffSql = `
  select format('of a cancelled event, %s: refunded %s times, %s of %s booked, %s sent, %s valid tickets', orders.id, decisions,
    refunded_minor, total_minor, sent, valid) as said, decisions
  from orders,
    lateral (select count(*)::int as decisions from cancellations
      where cancellations.order_id = orders.id and cause = 'event_cancelled') as decided,
    lateral (select count(*)::int as others from cancellations
      where cancellations.order_id = orders.id and cause is distinct from 'event_cancelled') as before,
    lateral (select count(*)::int as valid from tickets where tickets.order_id = orders.id and status = 'valid') as issued,
    lateral (select coalesce(sum(refunds.amount_minor), 0)::int as sent from sandbox.refunds join sandbox.payments using (intent_ref)
      where payments.order_id = orders.id and refunds.status = 'succeeded') as provider,
    lateral (select orders.has_disputes or exists (
      select from refunds where refunds.order_id = orders.id and refunds.status = 'failed') as differs) as money
  where event_id = any($1::text[]) and confirmed_at is not null`;
const wrongSql = `${calledOffSql} and (valid > 0
  or (not differs and (decisions > 1 or decisions + others = 0 or sent <> refunded_minor or (decisions = 1 and refunded_minor <> total_minor))))`;
const otherWrongSql = `
  select 'its cancellation never ended: ' || id as said from unnest($1::text[]) as known (id)
  where not exists (select from cancellation_runs where event_id = known.id and finished_at is not null)
  union all
  select 'was moved, and is not or twice: ' || known.id from unnest($2::text[], $3::timestamptz[]) as known (id, at)
  where not exists (select from events where events.id = known.id and starts_at = known.at)
    or (select count(*) from event_moves where event_id = known.id) <> 1
  union all
  select 'a refund at the provider is not in the books: ' || ref from unnest($4::text[]) as known (ref)
  where not exists (select from refunds where provider_ref = known.ref)
    and not exists (select from money_reviews where reference = known.ref)
  union all
  select 'a dispute is not in the books: ' || id from unnest($5::text[]) as known (id)
  where not exists (select from disputes join payments using (order_id, event_id) where payments.id = known.id)`;

/** Checks refunds of cancelled events, moved events, disputes, and refunds at the provider. */
async function findWrongReturns(db: Db, { calledOff, moved, outside, disputed }: Journal): Promise<string[]> {
  const rows = [
    ...(await db.query<{ said: string }>(wrongSql, [calledOff])),
    ...(await db.query<{ said: string }>(otherWrongSql, [
      calledOff,
      moved.map(({ eventId }) => eventId),
      moved.map(({ startsAt }) => startsAt),
      outside,
      disputed,
    ])),
  ];
  return rows.map(({ said }) => said);
}

/** Counts the orders that were refunded because their event was cancelled. */
export const countCalledOff = async (db: Db, { calledOff }: Journal): Promise<number> =>
  (await db.query<{ decisions: number }>(calledOffSql, [calledOff])).filter(
    ({ decisions }) => decisions === 1,
  ).length;

const missingSql = `
  select 'has no account: ' || email as said from unnest($1::text[]) as known (email)
  where not exists (select from users where users.email = known.email)
  union all
  select 'got no mail: ' || email from unnest($1::text[]) as known (email)
  where not exists (select from messages where messages.recipient = known.email)
  union all
  select 'is confirmed without a mail: ' || id from orders
  where status = 'confirmed' and not exists (select from messages where key = 'order-confirmed:' || orders.id)
    -- A cancelled event sends the mail about its cancellation instead.
    and not exists (select from events where events.id = orders.event_id and events.status = 'cancelled')
    -- A sale at the door without an address sends none.
    and origin <> 'box_office'
    -- A buyer who passed the tickets on before the mail has none to get.
    and exists (select from tickets where order_id = orders.id and transfer_id is null)
  union all
  select 'was admitted and is not in: ' || id from unnest($2::text[]) as known (id)
  where (select count(*) from check_ins where ticket_id = known.id) <> 1
  union all
  select 'was cancelled and is not: ' || id from unnest($3::text[]) as known (id)
  where not exists (select from tickets where tickets.id = known.id and status = 'cancelled')
  union all
  select 'was sold at the door and is not: ' || id from unnest($4::text[]) as known (id)
  where not exists (select from orders where orders.id = known.id and origin = 'box_office')
  union all
  -- Each sale was sent until it had an answer, so there is no other.
  select 'was sold at the door twice: ' || id from orders
  where origin = 'box_office' and event_id = any($5::text[]) and id <> all($4::text[])`;

/** Checks the answers to the other users, and the mails that follow. */
async function findMissing(db: Db, journal: Journal): Promise<string[]> {
  const { signedUp, admitted, cancelledTickets, doorSales } = journal;
  const rows = await db.query<{ said: string }>(missingSql, [
    signedUp,
    admitted,
    cancelledTickets,
    doorSales.map(({ orderId }) => orderId),
    doorSales.map(({ eventId }) => eventId),
  ]);
  return rows.map(({ said }) => said);
}

interface Found {
  buyer_id: string;
  key: string;
  id: string;
  places: number;
  total_minor: number;
  status: string;
  order_status: string | null;
  /** What the organiser gave back. */
  organiser_minor: number;
  /** Money that must be with the buyer again and is not, in minor units; only for orders that are over. */
  missing_minor: number;
}

// It finds a purchase by its key, so it also finds a hold without an answer, and a second one. An offer of the waitlist has no key
// and is found by its id.
// The provider's books say what the buyer of an order got back in refunds, and a lost dispute is money that the bank returned.
// An order that never was bought, an order of a cancelled event and one that a bank ended give back all that was paid. Other
// cancelled orders give back what was decided. If the provider refused a refund, a person decides (list of unmatched money).
const foundSql = `
  select holds.buyer_id, coalesce(idempotency_key, holds.id) as key, holds.id, places, holds.total_minor, holds.status, orders.status as order_status, 
    (select coalesce(sum(refund_minor), 0)::int from cancellations
      where cancellations.order_id = orders.id and cause = 'refunded_by_organiser') as organiser_minor,
    case when orders.status = 'confirmed' or refused.some then 0
      when orders.confirmed_at is null or decided.minor = 0 or decided.all_goes_back then orders.total_minor - sent.minor - lost.minor
      else decided.minor - sent.minor - lost.minor end as missing_minor
  from holds left join orders on orders.hold_id = holds.id and orders.event_id = holds.event_id,
    lateral (select coalesce(sum(refund_minor), 0)::int as minor,
        coalesce(bool_or(cause in ('event_cancelled', 'disputed')), false) as all_goes_back
      from cancellations where cancellations.order_id = orders.id) as decided,
    lateral (select coalesce(sum(refunds.amount_minor), 0)::int as minor
      from sandbox.refunds join sandbox.payments using (intent_ref)
      where payments.order_id = orders.id and refunds.status = 'succeeded') as sent,
    lateral (select coalesce(sum(amount_minor), 0)::int as minor from disputes
      where disputes.order_id = orders.id and status = 'lost' and withdrawn_at is not null and reinstated_at is null) as lost,
    lateral (select exists (select from refunds where refunds.order_id = orders.id and status = 'failed') as some) as refused`;

async function compare(db: Db, entries: Entry[]): Promise<string[]> {
  const byWish = Map.groupBy(await db.query<Found>(foundSql), (row) => `${row.buyer_id} ${row.key}`);
  return entries.flatMap((entry) => {
    const wrong = compareOne(entry, byWish.get(`${entry.buyerId} ${entry.key}`) ?? []);
    return wrong ? [`${entry.key} of ${entry.buyerId}: ${wrong}`] : [];
  });
}

function compareOne(entry: Entry, rows: Found[]): string | null {
  const [row] = rows;
  if (rows.length > 1) return `${rows.length} holds for one key`;
  if (entry.refused && row) return `was refused by ${entry.refused}, and there is a hold`;
  if (!entry.held) return null;
  if (!row || row.id !== entry.held.id || row.places !== entry.held.places)
    return 'an acknowledged hold is gone or another';
  if (row.total_minor !== entry.costs) return `costs ${row.total_minor} instead of ${entry.costs}`;
  if (row.status === 'active') return 'a hold has outlived its time';
  // The hold may have expired first; then releasing it was no error.
  if (entry.released && row.status !== 'released' && row.status !== 'expired')
    return `was released and is ${row.status}`;
  if (entry.ordered && !row.order_status) return 'an acknowledged order is gone';
  if (row.order_status === 'pending') return 'an order is pending for ever';
  if (entry.confirmed && row.order_status !== 'confirmed' && row.order_status !== 'cancelled')
    return `was confirmed and is ${row.order_status}`;
  if (entry.cancelled && row.order_status !== 'cancelled') return `was cancelled and is ${row.order_status}`;
  if (entry.ordered && row.organiser_minor !== entry.refundedMinor)
    return `the organiser gave back ${row.organiser_minor} instead of ${entry.refundedMinor}`;
  return entry.paid && row.missing_minor > 0
    ? `was paid, is ${row.order_status}, and ${row.missing_minor} of ${row.total_minor} did not come back`
    : null;
}
