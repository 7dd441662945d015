import type { z } from 'zod';
import { Refused } from '../../../contract/errors.ts';
import type { EventId, ReportId } from '../../../contract/ids.ts';
import { languageOf } from '../../../contract/languages.ts';
import type { reportEvent as operation } from '../../../contract/moderation.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { networkOf } from '../../http/networks.ts';
import { writeJobs } from '../../work/jobs.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { receipt } from './mails.ts';
import type { ReportRow } from './moderation.ts';
import { insertReport, joinCase } from './store.ts';

type Body = z.output<NonNullable<typeof operation.body>>;

/**
 * Keeps a report of a public event, and joins it to the open case of the event. Anybody may report, so a network has a budget, and
 * the mail that the report has arrived takes from the budget of its recipient.
 */
export async function reportEvent(
  app: App,
  call: Call<{ eventId: EventId }, undefined, Body, 'public'>,
): Promise<{ id: ReportId }> {
  const event = await readEventSale(app, call.params.eventId);
  if (!event || event.status === 'draft') throw new Refused('not_found');
  const retryAfterSeconds = await app.budgets.spend('reportsPerNetwork', networkOf(call.ip));
  if (retryAfterSeconds > 0) throw new Refused('rate_limited', { retryAfterSeconds });
  const { category, text, place = '', name = '', email = null } = call.body;
  return once(app, call, async (trx) => {
    const now = app.clock.now();
    const caseId = await joinCase(trx, {
      id: app.newId('reportCase'),
      eventId: event.eventId,
      organisationId: event.organisationId,
      title: event.title,
      at: now,
    });
    const report: ReportRow = {
      id: app.newId('report'),
      caseId,
      category,
      text,
      place,
      name: name || null,
      email,
      userId: call.caller?.userId ?? null,
      language: languageOf(call.header('accept-language')),
      reportedAt: now,
    };
    insertReport(trx, report);
    writeJobs(trx, receipt(app, report, event));
    return { id: report.id };
  });
}
