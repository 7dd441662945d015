import type { SeatFigures } from '../../../contract/dashboard.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { seatStatus } from '../inventory/inventory.ts';
import { readLive } from '../inventory/read-live.ts';
import { selectSoldSeats } from './read-store.ts';

/** Reads the state of each seat, and when each sold one was bought. */
export async function getSeatFigures(
  app: App,
  call: Pick<Call<{ eventId: EventId }>, 'params'>,
): Promise<SeatFigures> {
  const { eventId } = call.params;
  const live = await readLive(app, eventId);
  if (!live) throw new Refused('not_found');
  const plan = live.sale.seats;
  if (!plan || !live.seats) return { seatMapId: null, held: [], sold: [], soldAt: [], blocked: [], seats: 0 };
  const held: number[] = [];
  const blocked: number[] = [];
  for (const [index, status] of live.seats.entries()) {
    // A seat of an earlier seat map has no label. It is nowhere on the plan.
    if (plan.label[index] === undefined) continue;
    if (status === seatStatus.held) held.push(index);
    else if (status === seatStatus.blocked) blocked.push(index);
  }
  const sold = await selectSoldSeats(app.reads, eventId);
  return {
    seatMapId: plan.mapId,
    held,
    sold: sold.map(({ index }) => index),
    soldAt: sold.map(({ at }) => at),
    blocked,
    seats: plan.seatCount,
  };
}
