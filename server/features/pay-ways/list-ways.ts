import type { HoldId, OrganisationId } from '../../../contract/ids.ts';
import type { LaterWay, OrganisationWays } from '../../../contract/pay-way-fields.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import type { HoldRecord } from '../inventory/inventory.ts';
import { readOwnHold } from '../inventory/read-own-hold.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { type OfferedWay, offeredWays } from './offered-ways.ts';
import { findEventWays, findOrganisationWays } from './store.ts';

/** The ways in which a buyer may pay for a hold, the payment at once first. */
export async function listPayWays(app: App, call: Call<{ holdId: HoldId }, undefined, undefined, 'holder'>) {
  const hold = await readOwnHold(app, call.params.holdId, call.caller);
  if (hold.totalMinor === 0) return { items: [] };
  const later = await readOfferedWays(app, hold);
  return {
    items: [
      { way: 'card' as const, payUntil: null },
      ...later.map(({ way, until }) => ({ way, payUntil: until.toISOString() })),
    ],
  };
}

/** The way if it is offered for the hold now; null otherwise. */
export const findOfferedWay = async (
  app: App,
  hold: HoldRecord,
  wanted: LaterWay,
): Promise<OfferedWay | null> => (await readOfferedWays(app, hold)).find(({ way }) => way === wanted) ?? null;

/** What an organisation offers, and its account, for other features. */
export const readOrganisationWays = async (db: Queryable, id: OrganisationId): Promise<OrganisationWays> =>
  (await findOrganisationWays(db, id)).ways;

async function readOfferedWays(app: App, hold: HoldRecord): Promise<OfferedWay[]> {
  const sale = await readEventSale(app, hold.eventId);
  if (!sale) return [];
  const [{ ways: own }, { ways }] = await Promise.all([
    findEventWays(app.db, hold.eventId),
    findOrganisationWays(app.db, sale.organisationId),
  ]);
  const { account, ...terms } = ways;
  return offeredWays(hold, sale, { account, ...(own ?? terms) }, app.clock.now());
}
