import type { ManagedEvent, NewEvent } from '../../../contract/events.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { checkDraft, type EventDraft } from './draft.ts';
import { eventForAudit } from './event-for-audit.ts';
import { readManaged } from './get-managed-event.ts';
import { retryWhenSlugTaken } from './give-slug.ts';
import { timesOfNew } from './stand-ins.ts';
import { writeDraft } from './write-draft.ts';

type CreateEventCall = Pick<
  Call<unknown, unknown, NewEvent, 'team'>,
  'operation' | 'caller' | 'body' | 'retry'
> &
  ActingCall;

/** Creates a draft of an organisation's event. Throws Refused('invalid_request') with issues. */
export function createEvent(app: App, call: CreateEventCall): Promise<ManagedEvent> {
  const { organisationId, ...given } = call.body;
  const draft: EventDraft = { ...given, ...timesOfNew(given, app.clock.now()) };
  checkDraft(draft);
  return retryWhenSlugTaken(() =>
    once(app, call, async (trx) => {
      const id = await writeDraft(app, trx, organisationId, draft);
      noteAct(app, trx, call, {
        act: 'event.created',
        organisationId,
        subject: { type: 'event', id, title: draft.title },
        before: null,
        after: eventForAudit(draft),
      });
      return readManaged(app, trx, id);
    }),
  );
}
