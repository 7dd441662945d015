import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { Source } from '../../../contract/source.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { organisationOf } from '../sale/organisation-of.ts';

/** Counts a view of an event's page, or a click on it, without storing whose it was. */
export async function noteEventView(
  app: App,
  call: Pick<
    Call<{ eventId: EventId }, unknown, (Source & { kind: 'view' | 'click' }) | undefined, 'public'>,
    'params' | 'caller' | 'ip' | 'body'
  >,
): Promise<void> {
  const { eventId } = call.params;
  // Queried once per process, then cached.
  if ((await organisationOf(app, eventId)) === null) throw new Refused('not_found');
  const { kind = 'view', ...source } = call.body ?? {};
  const visitor = call.caller?.userId ?? call.ip;
  if (app.interest.note(eventId, kind, visitor)) app.visits.note(eventId, kind, source);
}
