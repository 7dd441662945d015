import type { UserId } from '../../../contract/ids.ts';
import type { Resale } from '../../../contract/resale-shapes.ts';
import type { App } from '../../app.ts';
import { readResalesBy } from '../inventory/read-resales.ts';
import { resaleEndOf } from '../inventory/resale.ts';
import { showResale } from '../inventory/show-resale.ts';
import { readEventSale } from '../sale/event-sale.ts';

/** Lists the offers for resale that a person made, for the export of their data. */
export async function listOwnResales(app: App, userId: UserId): Promise<Resale[]> {
  const resales = await readResalesBy(app, userId);
  const events = new Set(resales.map(({ eventId }) => eventId));
  const sales = new Map(
    await Promise.all([...events].map(async (id) => [id, await readEventSale(app, id)] as const)),
  );
  return resales.flatMap((resale) => {
    const sale = sales.get(resale.eventId);
    return sale ? showResale(resale, resaleEndOf(sale, resale.ticketTypeId)) : [];
  });
}
