import { Refused } from '../../../contract/errors.ts';
import type { PublicationTime } from '../../../contract/event-desk.ts';
import type { ManagedEvent } from '../../../contract/events.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActBy, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { writeJobs } from '../../work/jobs.ts';
import type { EventDraft } from './draft.ts';
import { readManaged } from './get-managed-event.ts';
import { lockVersion } from './lock-version.ts';
import { refuseCancelled } from './mark-cancelled.ts';
import { deleteSchedule, putSchedule, selectPreparation } from './preparation-store.ts';
import type { PublicationCall } from './publish-event.ts';
import { lacksForPublication, offerOfDraft, refuseWhenLacking } from './publishable.ts';
import { readDraft } from './read-draft.ts';
import { type EventRow, updateEventRow } from './store.ts';

type ScheduleCall = PublicationCall &
  Pick<Call<{ eventId: EventId }, unknown, PublicationTime, 'team'>, 'body'>;

/**
 * Has a draft published by itself at a time. The job commits with the row that it obeys, so it runs after a restart too, and a row
 * with another time makes it do nothing. Throws what publishEvent throws, 'already_published', and 'invalid_request' for a
 * time that has passed or is after the start.
 */
export function schedulePublication(app: App, call: ScheduleCall): Promise<ManagedEvent> {
  const { eventId } = call.params;
  const at = new Date(call.body.at);
  return once(app, call, async (trx) => {
    const row = await lockVersion(trx, eventId, call.ifMatch);
    refuseCancelled(row);
    if (row.status === 'published') throw new Refused('already_published');
    await scheduleDraft(app, trx, { row, draft: await readDraft(app, trx, row), at, path: 'at' }, call);
    return readManaged(app, trx, eventId);
  });
}

interface Scheduled {
  /** A locked draft. */
  row: EventRow;
  draft: EventDraft;
  at: Date;
  /** The member of the request that has the time. */
  path: string;
}

/** Schedules the publication of a draft that lacks nothing now and will lack nothing then. */
export async function scheduleDraft(
  app: App,
  trx: Transaction,
  { row, draft, at, path }: Scheduled,
  by: ActBy,
): Promise<void> {
  const now = app.clock.now();
  const offer = offerOfDraft(draft, row.attendance);
  refuseWhenLacking(lacksForPublication(offer, now));
  requireTime(at, now, row, path);
  // What the event would lack then: its sale may have ended.
  refuseWhenLacking(lacksForPublication(offer, at));
  const before = await selectPreparation(trx, row.id);
  await putSchedule(trx, row.id, at);
  await updateEventRow(trx, { ...row, version: row.version + 1 });
  writeJobs(trx, [
    {
      task: 'publish-scheduled',
      payload: { eventId: row.id, at: at.toISOString() },
      key: `publish-scheduled:${row.id}`,
      runAt: at,
    },
  ]);
  noteSchedule(app, trx, { row, by, before: before.publish_at, after: at });
}

/** Cancels a scheduled publication. The job finds no row and does nothing. An event without one is returned unchanged. */
export function unschedulePublication(app: App, call: PublicationCall): Promise<ManagedEvent> {
  const { eventId } = call.params;
  return once(app, call, async (trx) => {
    const row = await lockVersion(trx, eventId, call.ifMatch);
    const { publish_at: at } = await selectPreparation(trx, eventId);
    if (at) {
      await deleteSchedule(trx, eventId);
      await updateEventRow(trx, { ...row, version: row.version + 1 });
      noteSchedule(app, trx, { row, by: call, before: at, after: null });
    }
    return readManaged(app, trx, eventId);
  });
}

function requireTime(at: Date, now: Date, { starts_at }: EventRow, path: string): void {
  const message =
    at <= now ? 'must be in the future' : at >= starts_at ? 'must be before the event begins' : null;
  if (!message) return;
  throw new Refused('invalid_request', {
    detail: `body.${path}: ${message}`,
    issues: [{ path: `body.${path}`, message }],
  });
}

/** Notes the time that a member of the team has chosen for the publication, or that there is none any more. */
export const noteSchedule = (
  app: App,
  trx: Transaction,
  { row, by, before, after }: { row: EventRow; by: ActBy; before: Date | null; after: Date | null },
): void =>
  noteAct(app, trx, by, {
    act: after ? 'event.publication_scheduled' : 'event.publication_unscheduled',
    organisationId: row.organisation_id,
    subject: { type: 'event', id: row.id, title: row.title },
    before: before && { publishAt: before.toISOString() },
    after: after && { publishAt: after.toISOString() },
  });
