import type { EventId, TicketTypeId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { copyCheckpoints, copySettings, dropDesk, selectCheckpointsToCopy } from './copy-store.ts';

/** Gives a copy of an event the rules of its door and its checkpoints. `types` has the copy's ticket type for each of the original. */
export async function copyDoor(
  app: App,
  trx: Transaction,
  { from, to, types }: { from: EventId; to: EventId; types: Map<TicketTypeId, TicketTypeId> },
): Promise<void> {
  await copySettings(trx, from, to, app.clock.now());
  const copies = (await selectCheckpointsToCopy(trx, from)).map(({ id, ticket_type_ids }) => ({
    of: id,
    id: app.newId('checkpoint'),
    types: ticket_type_ids?.flatMap((each) => types.get(each) ?? []) ?? null,
  }));
  await dropDesk(trx, to);
  if (copies.length > 0) await copyCheckpoints(trx, from, to, copies);
}
