import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { organisationOf } from '../sale/organisation-of.ts';

/** Counts a view of an event's page, without storing whose it was. */
export async function noteEventView(
  app: App,
  call: Pick<Call<{ eventId: EventId }, unknown, unknown, 'public'>, 'params' | 'caller' | 'ip'>,
): Promise<void> {
  const { eventId } = call.params;
  // Queried once per process, then cached.
  if ((await organisationOf(app, eventId)) === null) throw new Refused('not_found');
  app.interest.noteView(eventId, call.caller?.userId ?? call.ip);
}
