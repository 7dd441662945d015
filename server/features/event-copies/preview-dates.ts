import { Refused } from '../../../contract/errors.ts';
import type { DatesPlan, EventDates } from '../../../contract/event-dates.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { requireTeamCapability } from '../organisations/team.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { readPlan } from './read-plan.ts';

type PreviewCall = Pick<
  Call<{ eventId: EventId }, unknown, EventDates, 'team'>,
  'caller' | 'params' | 'body'
>;

/**
 * Lists the dates that makeDates would make. A member whose role counts for some events may not, because the list names other events.
 * Throws Refused('forbidden') and 'date_rule_refused'.
 */
export async function previewDates(app: App, call: PreviewCall): Promise<DatesPlan> {
  const { eventId } = call.params;
  const organisationId = await organisationOf(app, eventId);
  if (!organisationId) throw new Refused('not_found');
  await requireTeamCapability(app, call.caller, organisationId, 'events.edit');
  return app.db.transaction(async (trx) => {
    const { like, ...plan } = await readPlan(app, trx, {
      eventId,
      organisationId,
      dates: call.body,
      run: call.body.run,
    });
    return { ...plan, timeZone: like.timeZone };
  });
}
