import type { EventId } from '../../../../contract/ids.ts';
import { noteEventView } from '../../api/operations.ts';
import { noteViewed } from '../explore/viewed.ts';

/** For what is trending, as a count; and for this browser's own memory. */
export async function noteLook(eventId: EventId): Promise<void> {
  noteViewed(eventId);
  await noteEventView({ params: { eventId } });
}
