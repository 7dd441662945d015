import { Refused } from '../../../contract/errors.ts';
import type { EventCopy } from '../../../contract/event-desk.ts';
import type { ManagedEvent } from '../../../contract/events.ts';
import type { EventId, TicketTypeId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import type { Caller } from '../accounts/accounts.ts';
import { checkDraft, type EventDraft } from '../catalog/draft.ts';
import { eventForAudit } from '../catalog/event-for-audit.ts';
import { readManaged } from '../catalog/get-managed-event.ts';
import { retryWhenSlugTaken } from '../catalog/give-slug.ts';
import type { PublicationCall } from '../catalog/publish-event.ts';
import { readDraftOf } from '../catalog/read-draft.ts';
import { writeDraft } from '../catalog/write-draft.ts';
import { copyDoor } from '../door/copy-door.ts';
import { requireTeamCapability } from '../organisations/team.ts';
import { readForm, writeForm } from '../sale/event-forms.ts';
import { readOnlineAccess, writeOnlineAccess } from '../sale/online-access.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { variantsAsTypes } from '../sale/products.ts';
import { readTicketTypes } from '../sale/read-terms.ts';
import { copyPlan } from '../seat-plans/copy-plan.ts';
import { moveTimes } from './move-times.ts';

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
      const like = await readDraftOf(app, trx, eventId);
      if (!like) throw new Refused('not_found');
      const draft = copyOf(like, call.body);
      checkDraft(draft);
      const id = await writeDraft(app, trx, organisationId, draft);
      const types = await typesOfCopy(trx, like, id);
      await copyForm(app, trx, { from: eventId, to: id, types });
      await copyAttendance(app, trx, { from: eventId, to: id });
      await copyDoor(app, trx, { from: eventId, to: id, types });
      await copyPlan(app, trx, { from: eventId, to: id, organisationId, savedBy: call.caller.userId });
      noteAct(app, trx, call, {
        act: 'event.copied',
        organisationId,
        subject: { type: 'event', id, title: draft.title },
        before: null,
        after: eventForAudit(draft),
      });
      return readManaged(app, trx, id);
    }),
  );
}

/** Decision: the draft of the copy. Its ticket types and extras are new ones. */
function copyOf(like: EventDraft, { title, startsAt, promoCodes }: EventCopy): EventDraft {
  const moved = moveTimes(like, startsAt);
  return {
    ...moved,
    title: title ?? like.title,
    ticketTypes: moved.ticketTypes.map(({ id: _, ...type }) => type),
    products: moved.products.map(({ id: _, ...product }) => ({
      ...product,
      variants: product.variants.map(({ id: __, ...variant }) => variant),
    })),
    promoCodes: promoCodes ? moved.promoCodes : [],
  };
}

/** The copy's ticket type for each of the original. Both lists are in the same order. */
async function typesOfCopy(
  trx: Transaction,
  like: EventDraft,
  copyId: EventId,
): Promise<Map<TicketTypeId, TicketTypeId>> {
  const ticketTypes = [...like.ticketTypes, ...variantsAsTypes(like)];
  const made = (await readTicketTypes(trx, [copyId])).get(copyId) ?? [];
  if (made.length !== ticketTypes.length)
    throw new Error(`${copyId} has other ticket types than its original`);
  return new Map(
    ticketTypes.flatMap(({ id }, i) => (id ? [[id as TicketTypeId, made[i]?.id as TicketTypeId]] : [])),
  );
}

/** People attend the copy in the same way. The link is of one date, so the team writes the copy's own. */
async function copyAttendance(
  app: App,
  trx: Transaction,
  { from, to }: { from: EventId; to: EventId },
): Promise<void> {
  const { attendance } = await readOnlineAccess(trx, from);
  if (attendance === 'in-person') return;
  writeOnlineAccess(trx, to, { attendance, url: null, note: '', version: 1 }, app.clock.now());
}

async function copyForm(
  app: App,
  trx: Transaction,
  { from, to, types }: { from: EventId; to: EventId; types: Map<TicketTypeId, TicketTypeId> },
): Promise<void> {
  const form = await readForm(trx, from);
  if (form.version === 0) return;
  const questions = form.questions.map((question) => ({
    ...question,
    ticketTypes: question.ticketTypes?.flatMap((id) => types.get(id) ?? []) ?? null,
  }));
  writeForm(trx, to, { ...form, version: 1, questions }, app.clock.now());
}
