import { Refused } from '../../../contract/errors.ts';
import type { EventCopy } from '../../../contract/event-desk.ts';
import type { ManagedEvent } from '../../../contract/events.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import type { Caller } from '../accounts/accounts.ts';
import { checkDraft } from '../catalog/draft.ts';
import { readManaged } from '../catalog/get-managed-event.ts';
import { retryWhenSlugTaken } from '../catalog/give-slug.ts';
import type { PublicationCall } from '../catalog/publish-event.ts';
import { readDraftOf } from '../catalog/read-draft.ts';
import { requireTeamCapability } from '../organisations/team.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { refusePass } from '../sale/passes.ts';
import { copyOf, writeCopy } from './write-copy.ts';

type CopyCall = PublicationCall & { caller: Caller } & Pick<
    Call<{ eventId: EventId }, unknown, EventCopy, 'team'>,
    'body'
  >;

/**
 * Makes a draft like an event, for another time: all that its team wrote, and nothing that buyers did. A member whose role counts
 * for some events may not, because the copy would be none of them. Throws Refused('forbidden'), and 'invalid_request' if a
 * time of the event does not fit the new start.
 */
export async function copyEvent(app: App, call: CopyCall): Promise<ManagedEvent> {
  const { eventId } = call.params;
  const organisationId = await organisationOf(app, eventId);
  if (!organisationId) throw new Refused('not_found');
  await requireTeamCapability(app, call.caller, organisationId, 'events.edit');
  return retryWhenSlugTaken(() =>
    once(app, call, async (trx) => {
      await refusePass(trx, eventId);
      const like = await readDraftOf(app, trx, eventId);
      if (!like) throw new Refused('not_found');
      const draft = copyOf(like, call.body);
      checkDraft(draft);
      const id = await writeCopy(app, trx, call, { from: eventId, organisationId, like, draft });
      return readManaged(app, trx, id);
    }),
  );
}
