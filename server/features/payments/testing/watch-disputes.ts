import type { TestEvent, World } from '../../../testing/world.ts';
import type { Purchase } from './purchase.ts';

/** The parts of two tickets at 25.00 with 19% tax in them, on the accounts of the ledger. */
export const charged = [
  { type: 'organiser', minor: 4202 },
  { type: 'provider', minor: -5000 },
  { type: 'tax', minor: 798 },
];

export const pricedEvent = {
  capacity: 1000,
  priceMinor: 2500,
  tax: { name: 'VAT', ratePercent: 19, included: true },
};

/** What organisers see of the disputes of an event, and what is in the books. */
export function watchDisputes(world: World, event: TestEvent) {
  const { client, organisationId } = event.organiser;
  const list = async (query = '') =>
    (await client.get(`/api/organisations/${organisationId}/disputes?${query}`)).body.items;
  return {
    list,
    disputesOf: (of: Purchase) => list(`order=${of.orderId}`),
    /** The balances of an order's own entries, by type of account. Fees of disputes are left out. */
    balancesOf: (of: Purchase) =>
      world.app.db.query<{ type: string; minor: number }>(
        `select split_part(account, ':', 1) as type, sum(minor)::int as minor from (
           select credit as account, amount_minor as minor, kind from transfers where order_id = $1
           union all select debit, -amount_minor, kind from transfers where order_id = $1) as side
         where kind not like 'dispute_fee%'
         group by 1 having sum(minor) <> 0 order by 1`,
        [of.orderId],
      ),
    /** What was booked of the fees of an order's disputes. */
    feesOf: (of: Purchase) =>
      world.app.db.query<{ kind: string; debit: string; credit: string; minor: number; currency: string }>(
        `select kind, debit, credit, amount_minor::int as minor, currency from transfers
         where order_id = $1 and kind like 'dispute_fee%' order by id`,
        [of.orderId],
      ),
  };
}

export const statusesOf = (order: { tickets: { status: string }[] }): string[] =>
  order.tickets.map(({ status }) => status);
