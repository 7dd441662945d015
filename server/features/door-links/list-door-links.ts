import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { showLink } from './door-link.ts';
import { listLinksOfEvent } from './store.ts';

const mostShown = 200;

export async function listDoorLinks(app: App, call: { params: { eventId: EventId } }) {
  const rows = await listLinksOfEvent(app.db, call.params.eventId, mostShown);
  return { items: rows.map((row) => showLink(row, app.clock.now())) };
}
