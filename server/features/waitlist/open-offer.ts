import { Refused } from '../../../contract/errors.ts';
import type { WaitlistEntryId } from '../../../contract/ids.ts';
import type { WaitlistEntry } from '../../../contract/waitlist.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { handOverEntry } from '../inventory/hand-over-entry.ts';
import { readEntry } from '../inventory/read-line.ts';
import { listEntries } from './list-entries.ts';

/**
 * Opens an offer with the secret of the link in its mail. The entry and its hold now belong to the caller, who may be on
 * another device than the one that joined.
 */
export async function openOffer(
  app: App,
  call: Call<{ entryId: WaitlistEntryId }, undefined, { secret: string }, 'signed-in'>,
): Promise<WaitlistEntry> {
  const { entryId } = call.params;
  const { userId } = call.caller;
  const entry = await readEntry(app, entryId);
  if (!entry || !app.offerLinks.isSecretOf(entryId, call.body.secret))
    throw new Refused('offer_link_invalid');
  if (entry.user_id !== userId)
    await handOverEntry(
      app,
      { id: entryId, eventId: entry.event_id, holdId: entry.hold_id, from: entry.user_id },
      userId,
    );
  const { items } = await listEntries(app, userId, entry.event_id);
  const mine = items.find(({ id }) => id === entryId);
  // The entry is over, or somebody has ordered the offer on another device.
  if (!mine) throw new Refused('offer_link_invalid');
  return mine;
}
