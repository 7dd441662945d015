import { Refused } from '../../../contract/errors.ts';
import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import { once, type Retry } from '../../http/idempotency.ts';
import type { Caller } from '../accounts/accounts.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { isLinkDevice, revokeLinkDevice } from './device-store.ts';
import type { DoorDeviceId } from './door-device.ts';
import { forgetDevices } from './find-device.ts';

/** Ends one device of a link, as revokeDoorLink ends all of them. A second call changes nothing. */
export async function revokeDoorDevice(
  app: App,
  call: ActingCall & {
    caller: Caller;
    params: { eventId: EventId; doorDeviceId: DoorDeviceId };
    retry: Retry | null;
    operation: string;
  },
): Promise<void> {
  const { eventId, doorDeviceId } = call.params;
  const organisationId = (await organisationOf(app, eventId)) as OrganisationId;
  await once(app, call, async (trx) => {
    const name = await revokeLinkDevice(trx, doorDeviceId, eventId, app.clock.now());
    if (name === null) {
      if (await isLinkDevice(trx, doorDeviceId, eventId)) return;
      throw new Refused('not_found');
    }
    noteAct(app, trx, call, {
      act: 'door_device.revoked',
      organisationId,
      subject: { type: 'event', id: eventId },
      before: { name },
      after: null,
    });
  });
  forgetDevices(app);
}
