import { Refused } from '../../../contract/errors.ts';
import type { MadeDates, NewEventDates, PlannedDate } from '../../../contract/event-dates.ts';
import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { invalidate } from '../../caches.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { checkDraft, type EventDraft } from '../catalog/draft.ts';
import { retryWhenSlugTaken } from '../catalog/give-slug.ts';
import { lockEditable } from '../catalog/lock-editable.ts';
import { nameRun } from '../catalog/name-run.ts';
import type { PublicationCall } from '../catalog/publish-event.ts';
import { scheduleDraft } from '../catalog/schedule-publication.ts';
import { requireTeamCapability } from '../organisations/team.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { refusePass } from '../sale/passes.ts';
import { newDates } from './plan-dates.ts';
import { readPlan } from './read-plan.ts';
import { copyOf, writeCopy } from './write-copy.ts';

type MakeCall = PublicationCall & Pick<Call<{ eventId: EventId }, unknown, NewEventDates, 'team'>, 'body'>;

/**
 * Makes all dates of a plan that have no problem, in one transaction: all or none. The event is locked first, so of two requests at once the
 * second one finds the dates of the first. Throws Refused('forbidden'), 'date_rule_refused', 'too_many_dates', 'event_cancelled',
 * 'event_not_publishable' if they are to be published and lack something, 'pass_places' for a pass, and 'invalid_request' if a time of the event
 * does not fit a date.
 */
export async function makeDates(app: App, call: MakeCall): Promise<MadeDates> {
  const { eventId } = call.params;
  const organisationId = await organisationOf(app, eventId);
  if (!organisationId) throw new Refused('not_found');
  await requireTeamCapability(app, call.caller, organisationId, 'events.edit');
  const made = await retryWhenSlugTaken(() =>
    once(app, call, async (trx) => {
      await refusePass(trx, eventId);
      const run = await nameRun(app, trx, eventId, call.body.run, call);
      const plan = await readPlan(app, trx, { eventId, organisationId, dates: call.body, run });
      const dates = newDates(plan.items);
      if (plan.more || dates.length > plan.most) throw new Refused('too_many_dates', { most: plan.most });
      const written: MadeDates['made'] = [];
      for (const date of dates)
        written.push(await makeDate(app, trx, call, { date, like: { ...plan.like, run }, organisationId }));
      return { run, made: written, leftOut: plan.items.filter(({ problem }) => problem !== null) };
    }),
  );
  // The event may have got the name of its series.
  invalidate(app.caches, { kind: 'event_listed', eventId });
  return made;
}

async function makeDate(
  app: App,
  trx: Transaction,
  call: MakeCall,
  { date, like, organisationId }: { date: PlannedDate; like: EventDraft; organisationId: OrganisationId },
): Promise<MadeDates['made'][number]> {
  const { promoCodes, publishAt } = call.body;
  const draft = copyOf(like, { startsAt: date.startsAt, promoCodes });
  checkDraft(draft);
  const id = await writeCopy(app, trx, call, { from: call.params.eventId, organisationId, like, draft });
  const row = await lockEditable(trx, id);
  if (publishAt !== null)
    await scheduleDraft(app, trx, { row, draft, at: new Date(publishAt), path: 'publishAt' }, call);
  return {
    id,
    slug: row.slug,
    local: date.local,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
  };
}
