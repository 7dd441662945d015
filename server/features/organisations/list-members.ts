import type { OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { listTeam } from './store.ts';

/** The team, owners first. */
export const listMembers = async (app: App, call: { params: { organisationId: OrganisationId } }) => ({
  items: await listTeam(app.db, call.params.organisationId),
});
