import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { readEntriesOf } from '../inventory/read-line.ts';

/** Takes a person out of every line before their account is deleted. Their places go to the next in line. */
export async function leaveAll(app: App, userId: UserId): Promise<void> {
  const entries = await readEntriesOf(app, userId);
  const open = entries.filter(({ status }) => status === 'waiting' || status === 'offered');
  await Promise.all(
    open.map(({ id, event_id }) =>
      app.ledger.submit(event_id, { kind: 'leave', entryId: id, buyerId: userId }),
    ),
  );
}
