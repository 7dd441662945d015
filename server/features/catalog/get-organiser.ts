import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http.ts';
import { selectOrganiser } from './discovery-store.ts';

export async function getOrganiser(app: App, call: Pick<Call<{ organisationId: string }>, 'params'>) {
  const organiser = await selectOrganiser(app.db, call.params.organisationId);
  if (!organiser) throw new Refused('not_found');
  return organiser;
}
