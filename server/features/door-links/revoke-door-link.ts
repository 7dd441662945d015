import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import { once, type Retry } from '../../http/idempotency.ts';
import type { Caller } from '../accounts/accounts.ts';
import type { DoorLinkId } from './door-device.ts';
import { auditLink } from './door-link.ts';
import { forgetDevices } from './find-device.ts';
import { lockLink, revokeLink } from './store.ts';

/**
 * Ends a link and all of its devices. This process refuses them from the answer on, the others as soon as PostgreSQL has
 * told them. A second call changes nothing.
 */
export async function revokeDoorLink(
  app: App,
  call: ActingCall & {
    caller: Caller;
    params: { eventId: EventId; doorLinkId: DoorLinkId };
    retry: Retry | null;
    operation: string;
  },
): Promise<void> {
  const { eventId, doorLinkId } = call.params;
  await once(app, call, async (trx) => {
    const link = await lockLink(trx, doorLinkId, eventId);
    if (!link) throw new Refused('not_found');
    if (link.revoked_at) return;
    revokeLink(trx, doorLinkId, app.clock.now());
    noteAct(app, trx, call, {
      act: 'door_link.revoked',
      organisationId: link.organisation_id,
      subject: { type: 'event', id: eventId },
      before: auditLink(link),
      after: null,
    });
  });
  forgetDevices(app);
}
