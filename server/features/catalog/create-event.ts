import type { ManagedEvent, NewEvent } from '../../../contract/events.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { keepCover } from '../pictures/keep-cover.ts';
import { columnsOf } from './columns-of.ts';
import { defineSale } from './define-sale.ts';
import { checkDraft } from './draft.ts';
import { eventForAudit } from './event-for-audit.ts';
import { readManaged } from './get-managed-event.ts';
import { giveSlug, retryWhenSlugTaken } from './give-slug.ts';
import { insertEvent } from './store.ts';

type CreateEventCall = Pick<
  Call<unknown, unknown, NewEvent, 'team'>,
  'operation' | 'caller' | 'body' | 'retry'
> &
  ActingCall;

/** Creates a draft of an organisation's event. Throws Refused('invalid_request') with issues. */
export function createEvent(app: App, call: CreateEventCall): Promise<ManagedEvent> {
  const { organisationId, ...draft } = call.body;
  checkDraft(draft);
  return retryWhenSlugTaken(() =>
    once(app, call, async (trx) => {
      const now = app.clock.now();
      await keepCover(trx, draft.coverUrl, organisationId);
      const id = app.newId('event');
      await insertEvent(trx, {
        id,
        organisation_id: organisationId,
        slug: await giveSlug(trx, draft.title, id),
        status: 'draft',
        version: 1,
        ...columnsOf(draft),
        moved_from: null,
        published_at: null,
        created_at: now,
      });
      await defineSale(app, trx, id, draft, { unseen: true });
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
