import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { SeatLayout } from '../../../contract/layout.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readLayout } from '../seating/read-layout.ts';

/** Returns an event's seat layout to those who may edit it. */
export async function getSeatLayout(
  app: App,
  { params }: Pick<Call<{ eventId: EventId }, unknown, unknown, 'team'>, 'params'>,
): Promise<SeatLayout> {
  const layout = await readLayout(app.db, params.eventId);
  if (!layout) throw new Refused('not_found');
  return layout;
}
