import type { DoorTotal } from '../../../contract/door-sales.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { readNames } from '../accounts/read-names.ts';
import { listDoorTotals } from '../payments/list-door-totals.ts';
import { readEventSale } from '../sale/event-sale.ts';

/** Cashes up: what each member of the team took and gave back, by day in the time zone of the event. */
export async function getDoorTotals(
  app: App,
  { params: { eventId } }: { params: { eventId: EventId } },
): Promise<{ items: DoorTotal[] }> {
  const event = await readEventSale(app, eventId);
  if (!event) throw new Refused('not_found');
  const rows = await listDoorTotals(app.db, eventId, event.timeZone);
  const names = await readNames(app.db, [...new Set(rows.map(({ memberId }) => memberId))]);
  return {
    items: rows.map(({ day, memberId, method, sales, currency, takenMinor, returnedMinor }) => ({
      day,
      seller: { id: memberId, name: names.get(memberId) ?? null },
      method,
      sales,
      taken: { amount: takenMinor, currency },
      returned: { amount: returnedMinor, currency },
    })),
  };
}
