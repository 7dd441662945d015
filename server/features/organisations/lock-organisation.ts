import type { OrganisationId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { lockOrganisation as lock } from './store.ts';

/** Locks an organisation until the caller's transaction ends. False if there is none. */
export const lockOrganisation = (trx: Transaction, organisationId: OrganisationId): Promise<boolean> =>
  lock(trx, organisationId);
