import type { OrganisationDashboard } from '../../../contract/dashboard.ts';
import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readMembership } from '../organisations/team.ts';
import { countSoon } from './count-soon.ts';
import { revenueOf } from './figures.ts';
import { type Counts, counters } from './order-entries.ts';
import { type OrganisationEventRow, selectOrganisation, selectOrganisationSales } from './read-store.ts';

const shownDays = 90;

/** Reads the figures of all events of an organisation that the member's role counts for. */
export async function getOrganisationDashboard(
  app: App,
  call: Call<{ organisationId: OrganisationId }, undefined, undefined, 'team'>,
): Promise<OrganisationDashboard> {
  const { organisationId } = call.params;
  const member = await readMembership(app, call.caller, organisationId);
  if (!member) throw new Refused('not_found');
  const now = app.clock.now();
  const rows = await selectOrganisation(app.reads, organisationId, member.events, now);
  const uncounted = rows.filter(({ counted }) => !counted);
  const waiting = uncounted.filter(({ isCounting }) => !isCounting);
  if (waiting.length > 0)
    await countSoon(
      app,
      waiting.map(({ eventId }) => eventId),
    );
  const from = new Date(now.getTime() - shownDays * 86_400_000).toISOString().slice(0, 10);
  const sales = await selectOrganisationSales(app.reads, rows, from);
  const sum = (of: (row: OrganisationEventRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    counts: {
      capacity: sum(({ capacity }) => capacity),
      sold: sum(({ sold }) => sold),
      held: sum(({ held }) => held),
      free: sum(freeOf),
      blocked: sum(({ blocked }) => blocked),
      admitted: sum(({ admitted }) => admitted),
      waiting: sum(({ waiting }) => waiting),
    },
    revenue: [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, some]) =>
      revenueOf(sumCounts(some), currency),
    ),
    unsettled: { counting: uncounted.length > 0 },
    events: rows.map((row) => ({
      eventId: row.eventId,
      title: row.title,
      status: row.status,
      startsAt: row.startsAt.toISOString(),
      timeZone: row.timeZone,
      capacity: row.capacity,
      sold: row.sold,
      held: row.held,
      free: freeOf(row),
      blocked: row.blocked,
      admitted: row.admitted,
      waiting: row.waiting,
      revenue: revenueOf(row, row.currency),
    })),
    sales: [...Map.groupBy(sales, ({ currency }) => currency)].map(([currency, points]) => ({
      currency,
      unit: 'day' as const,
      points: points.map(({ at, tickets, gross }) => ({ at, tickets, gross: { amount: gross, currency } })),
    })),
  };
}

const freeOf = ({ capacity, sold, held, kept, blocked }: OrganisationEventRow): number =>
  Math.max(0, capacity - sold - held - kept - blocked);

const sumCounts = (rows: Counts[]): Counts =>
  Object.fromEntries(
    counters.map((name) => [name, rows.reduce((total, row) => total + row[name], 0)]),
  ) as unknown as Counts;
