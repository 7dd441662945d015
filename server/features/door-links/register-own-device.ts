import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { once, type Retry } from '../../http/idempotency.ts';
import type { Caller } from '../accounts/accounts.ts';
import { insertMemberDevice } from './device-store.ts';

/** A person has few devices. More would only be a page that registers again and again. */
const mostOwnDevices = 20;

/** Names the device that a member scans with. Its id gives no access. */
export function registerOwnDoorDevice(
  app: App,
  call: {
    caller: Caller;
    params: { eventId: EventId };
    body: { name: string };
    retry: Retry | null;
    operation: string;
  },
) {
  const { caller, params, body } = call;
  return once(app, call, async (trx) => {
    const device = { id: app.newId('doorDevice'), name: body.name };
    const owned = { ...device, userId: caller.userId, eventId: params.eventId };
    if (!(await insertMemberDevice(trx, owned, app.clock.now(), mostOwnDevices)))
      throw new Refused('link_full', { detail: `You have ${mostOwnDevices} devices at this event.` });
    return { device };
  });
}
