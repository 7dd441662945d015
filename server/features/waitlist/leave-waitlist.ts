import { Refused } from '../../../contract/errors.ts';
import type { WaitlistEntryId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readEntry } from '../inventory/read-line.ts';

/** Takes the caller out of the line, or declines their offer. Repeating it, or leaving an entry that is over, is no error. */
export async function leaveWaitlist(
  app: App,
  call: Call<{ entryId: WaitlistEntryId }, undefined, undefined, 'holder'>,
): Promise<undefined> {
  const entry = await readEntry(app, call.params.entryId);
  if (entry?.user_id !== call.caller.userId) throw new Refused('not_found');
  const outcome = await app.ledger.submit(entry.event_id, {
    kind: 'leave',
    entryId: entry.id,
    buyerId: call.caller.userId,
  });
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
}
