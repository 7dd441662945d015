import { noteEventView } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { noteViewed } from '../explore/viewed.ts';

/** For what is trending, as a count; and for this browser's own memory. */
export async function noteLook(eventId: EventId): Promise<void> {
  noteViewed(eventId);
  await call(noteEventView, { params: { eventId } });
}
