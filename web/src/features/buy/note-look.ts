import { noteEventView } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { sourceOf } from '../../api/source.ts';
import { noteViewed } from '../explore/viewed.ts';

/** Counts a view for what is trending, and stores it in this browser. */
export async function noteLook(eventId: EventId): Promise<void> {
  noteViewed(eventId);
  await call(noteEventView, { params: { eventId }, body: { kind: 'view', ...sourceOf(eventId) } });
}
