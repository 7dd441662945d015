import type { App } from '../../app.ts';
import { type PassCall, readKnownPass } from './known-pass.ts';
import { unregisterDevice } from './store.ts';

export async function unregisterPassDevice(
  app: App,
  call: PassCall & { params: { libraryId: string } },
): Promise<undefined> {
  const pass = await readKnownPass(app, call);
  await unregisterDevice(app.db, pass.id, call.params.libraryId);
  return undefined;
}
