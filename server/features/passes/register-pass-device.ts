import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { type PassCall, readKnownPass } from './known-pass.ts';
import { registerDevice } from './store.ts';

/** A person has a phone, a watch, a tablet and an old phone. More would be a way to fill the table. */
const mostDevices = 20;

export async function registerPassDevice(
  app: App,
  call: PassCall & { params: { libraryId: string }; body: { pushToken: string } },
): Promise<Raw> {
  const { id: passId } = await readKnownPass(app, call);
  const device = { passId, deviceId: call.params.libraryId, pushToken: call.body.pushToken.toLowerCase() };
  const registered = await registerDevice(app.db, device, mostDevices, app.clock.now());
  if (!registered) throw new Refused('pass_devices_full');
  return new Raw('', {}, registered === 'new' ? 201 : 200);
}
