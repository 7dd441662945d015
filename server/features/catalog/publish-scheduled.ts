import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { invalidate } from '../../caches.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import { type Job, writeJobs } from '../../work/jobs.ts';
import { listMembersWhoMay } from '../organisations/list-members-who-may.ts';
import { isSuspended } from '../organisations/standing.ts';
import { failSchedule, selectPreparation } from './preparation-store.ts';
import { publish } from './publish-event.ts';
import { lacksForPublication, offerOfDraft, toGaps } from './publishable.ts';
import { readDraft } from './read-draft.ts';
import { type EventRow, lockEvent } from './store.ts';

/**
 * Publishes a draft whose time has come. If it lacks something now, it stays a draft, and everybody who may edit it gets a mail.
 * So does a removed event, and a draft of a suspended organisation, whose teams know why. The job does nothing if the team has chosen another time or none,
 * or has published the event itself.
 */
export async function publishScheduled(
  app: App,
  { eventId, at }: { eventId: EventId; at: string },
): Promise<void> {
  await app.db.transaction(async (trx) => {
    const row = await lockEvent(trx, eventId);
    const schedule = row && (await selectPreparation(trx, eventId));
    if (row?.status !== 'draft' || schedule?.publish_at?.toISOString() !== at || schedule.failed_at) return;
    const now = app.clock.now();
    const lacks = lacksForPublication(offerOfDraft(await readDraft(app, trx, row), row.attendance), now);
    if (lacks.length === 0 && (row.removed_at || (await isSuspended(trx, row.organisation_id)))) {
      await failSchedule(trx, eventId, now, []);
      return;
    }
    if (lacks.length === 0) return publish(app, trx, row, { system: 'publish-scheduled' });
    const gaps = [...new Set(toGaps(lacks).map(({ code }) => code))];
    await failSchedule(trx, eventId, now, lacks);
    noteAct(
      app,
      trx,
      { system: 'publish-scheduled' },
      {
        act: 'event.publication_failed',
        organisationId: row.organisation_id,
        subject: { type: 'event', id: row.id, title: row.title },
        before: null,
        after: { publishAt: at, gaps: gaps.join(', ') },
      },
    );
    writeJobs(trx, await mails(app, trx, row, at, gaps));
  });
  invalidate(app.caches, { kind: 'event_listed', eventId });
}

async function mails(app: App, trx: Transaction, row: EventRow, at: string, gaps: string[]): Promise<Job[]> {
  const people = await listMembersWhoMay(trx, 'events.edit', row.organisation_id, row.id);
  return people.map(({ name, email, language }) => ({
    task: 'send-mail' as const,
    payload: {
      kind: 'publication-failed',
      to: email,
      name,
      url: `${app.config.publicUrl}/organise/events/${row.id}/edit/publish`,
      language: language ?? 'en',
      event: row.title,
      timeZone: row.time_zone,
      at,
      gaps,
      cause: `${row.id} ${at}`,
    },
  }));
}
