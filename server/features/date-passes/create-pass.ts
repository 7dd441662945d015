import { Refused } from '../../../contract/errors.ts';
import { type ManagedEvent, newEventSchema } from '../../../contract/events.ts';
import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { NewPass } from '../../../contract/passes.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { checkDraft, type EventDraft } from '../catalog/draft.ts';
import { eventForAudit } from '../catalog/event-for-audit.ts';
import { readManaged } from '../catalog/get-managed-event.ts';
import { retryWhenSlugTaken } from '../catalog/give-slug.ts';
import { readDraftOf } from '../catalog/read-draft.ts';
import { writeDraft } from '../catalog/write-draft.ts';
import { passPool } from './keep-places.ts';
import { insertPass, selectFit } from './store.ts';

/**
 * Makes a pass: a draft of an event with one pool without places, and the list of its dates. Throws Refused('pass_date_unfit') with the
 * first date that a pass cannot open.
 */
export function createPass(
  app: App,
  call: Call<{ organisationId: OrganisationId }, undefined, NewPass, 'team'>,
): Promise<ManagedEvent> {
  const { organisationId } = call.params;
  const { dates } = call.body;
  return retryWhenSlugTaken(() =>
    once(app, call, async (trx) => {
      await refuseUnfit(app, trx, organisationId, dates);
      const draft = await draftOf(app, trx, call.body);
      checkDraft(draft);
      const id = await writeDraft(app, trx, organisationId, draft);
      await insertPass(
        trx,
        id,
        dates.map((date) => ({ ...date, holdId: app.newId('hold') })),
      );
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

async function refuseUnfit(
  app: App,
  trx: Transaction,
  organisationId: OrganisationId,
  dates: NewPass['dates'],
): Promise<void> {
  const rows = new Map((await selectFit(trx, dates, app.clock.now())).map((row) => [row.eventId, row]));
  const currency = rows.get(dates[0]?.eventId as EventId)?.currency;
  for (const { eventId } of dates) {
    const row = rows.get(eventId);
    const fits =
      row?.organisationId === organisationId &&
      row.currency === currency &&
      row.hasType &&
      !row.isOver &&
      !row.isPass;
    if (!fits) throw new Refused('pass_date_unfit', { eventId });
  }
}

/** Decision: the pass begins with its first date and is over with its last one. Everything else is as for a new event. */
async function draftOf(
  app: App,
  trx: Transaction,
  { title, priceMinor, dates }: NewPass,
): Promise<EventDraft> {
  const drafts: EventDraft[] = [];
  for (const { eventId } of dates) {
    const draft = await readDraftOf(app, trx, eventId);
    if (!draft) throw new Refused('pass_date_unfit', { eventId });
    drafts.push(draft);
  }
  const byStart = drafts.toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  const first = byStart[0] as EventDraft;
  const last = drafts.reduce((a, b) => (Date.parse(a.endsAt) >= Date.parse(b.endsAt) ? a : b));
  const { venue, currency, timeZone, category } = first;
  const { organisationId: _, ...draft } = newEventSchema.parse({
    organisationId: 'org_00000000000000000000000000',
    title,
    category,
    startsAt: first.startsAt,
    endsAt: last.endsAt,
    timeZone,
    venue,
    currency,
    pools: [{ key: passPool, name: title.slice(0, 60), capacity: 0 }],
    ticketTypes: [{ name: title.slice(0, 60), priceMinor, pools: [passPool] }],
  });
  return { ...draft, startsAt: first.startsAt, endsAt: last.endsAt, undecided: [] };
}
