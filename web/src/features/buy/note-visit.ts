import { noteEventView } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { sourceOf } from '../../api/source.ts';
import { noteViewed } from '../explore/viewed.ts';

/** Counts a view or a click for the organiser's figures. A view also counts for what is trending, and is stored in this browser. */
export async function noteVisit(eventId: EventId, kind: 'view' | 'click'): Promise<void> {
  if (kind === 'view') noteViewed(eventId);
  await call(noteEventView, { params: { eventId }, body: { kind, ...sourceOf(eventId) } });
}
