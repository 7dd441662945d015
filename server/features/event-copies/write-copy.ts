import type { EventId, OrganisationId, TicketTypeId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { EventDraft } from '../catalog/draft.ts';
import { eventForAudit } from '../catalog/event-for-audit.ts';
import { writeDraft } from '../catalog/write-draft.ts';
import { copyDoor } from '../door/copy-door.ts';
import { readForm, writeForm } from '../sale/event-forms.ts';
import { readOnlineAccess, writeOnlineAccess } from '../sale/online-access.ts';
import { variantsAsTypes } from '../sale/products.ts';
import { readTicketTypes } from '../sale/read-terms.ts';
import { copyPlan } from '../seat-plans/copy-plan.ts';
import { moveTimes } from './move-times.ts';

interface Copied {
  from: EventId;
  organisationId: OrganisationId;
  like: EventDraft;
  /** What the copy is, after checkDraft. */
  draft: EventDraft;
}

/** Writes a copy of an event with what its team wrote beside its fields, and notes the act. */
export async function writeCopy(
  app: App,
  trx: Transaction,
  call: ActingCall & { caller: { userId: UserId | string } },
  { from, organisationId, like, draft }: Copied,
): Promise<EventId> {
  const id = await writeDraft(app, trx, organisationId, draft);
  const types = await typesOfCopy(trx, like, id);
  await copyForm(app, trx, { from, to: id, types });
  await copyAttendance(app, trx, { from, to: id });
  await copyDoor(app, trx, { from, to: id, types });
  await copyPlan(app, trx, { from, to: id, savedBy: call.caller.userId });
  noteAct(app, trx, call, {
    act: 'event.copied',
    organisationId,
    subject: { type: 'event', id, title: draft.title },
    before: null,
    after: eventForAudit(draft),
  });
  return id;
}

/** Decision: the draft of the copy. Its ticket types and extras are new ones. */
export function copyOf(
  like: EventDraft,
  { title, startsAt, promoCodes }: { title?: string | undefined; startsAt: string; promoCodes: boolean },
): EventDraft {
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
