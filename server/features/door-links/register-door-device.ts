import { mostDoorDevices } from '../../../contract/door-links.ts';
import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { countDevices, insertLinkDevice, listCoveredEvents, lockLinkOfSecret } from './device-store.ts';
import { decideEnd } from './door-device.ts';
import { showRights } from './door-link.ts';
import { requireNotEnded } from './find-device.ts';
import { hashOf, makeDeviceToken } from './secrets.ts';

/** Registers a device for the secret of a door link, and gives it a token of its own. */
export async function registerDoorDevice(app: App, call: { body: { secret: string; name: string } }) {
  const { secret, name } = call.body;
  const now = app.clock.now();
  const id = app.newId('doorDevice');
  const { token, hash: tokenHash } = makeDeviceToken();
  const { link, events } = await app.db.transaction(async (trx) => {
    const found = await lockLinkOfSecret(trx, hashOf(secret));
    if (!found) throw new Refused('door_link_unknown');
    requireNotEnded({ ended: decideEnd(found, null, now) });
    if ((await countDevices(trx, found.id)) >= mostDoorDevices)
      throw new Refused('link_full', { detail: `${mostDoorDevices} devices scan with this link.` });
    insertLinkDevice(trx, { id, linkId: found.id, name, tokenHash }, now);
    return { link: found, events: await listCoveredEvents(trx, found.id) };
  });
  return {
    device: { id, name },
    token,
    link: showRights(link),
    events: events.map((event) => ({
      ...event,
      startsAt: event.startsAt.toISOString(),
      endsAt: event.endsAt.toISOString(),
    })),
  };
}
