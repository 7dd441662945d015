import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import { updateBuyer } from './store.ts';

/** Gives a guest's holds to the account that the guest opened. */
export async function moveHolds(
  app: Pick<App, 'clock'>,
  trx: Transaction,
  from: UserId,
  to: UserId,
): Promise<void> {
  const moved = Map.groupBy(await updateBuyer(trx, from, to, app.clock.now()), (hold) => hold.event_id);
  const effects = [...moved].map(([eventId, holds]) => ({
    type: 'admit.holds.moved.v1' as const,
    eventId,
    data: { from, to, holdIds: holds.map((hold) => hold.id) },
  }));
  enqueueEffects(trx, effects, app.clock.now());
}
