import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readPublicPage } from '../branding/organisation-page.ts';
import { selectOrganiser } from './discovery-store.ts';

/** Text that can be an organisation's id or slug. Other text is not worth a query, or is not even valid for one. */
const ref = /^(org_[0-9A-Z]{26}|[\p{L}\p{M}\p{N}-]+)$/u;

export async function getOrganiser(app: App, call: Pick<Call<{ organisationId: string }>, 'params'>) {
  const { organisationId } = call.params;
  const organiser = ref.test(organisationId) ? await selectOrganiser(app.db, organisationId) : null;
  if (!organiser) throw new Refused('not_found');
  return organiser;
}

/** The same, with what the organisation says about itself. */
export async function getOrganiserPage(app: App, call: Pick<Call<{ organisationId: string }>, 'params'>) {
  const organiser = await getOrganiser(app, call);
  return { ...organiser, ...(await readPublicPage(app, organiser.id)) };
}
