import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { Seller } from '../../../contract/parties.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Queryable } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { findSeller, lockSeller, type SellerRow, updateSeller } from './seller-store.ts';

/** Reads an organisation's name and what its documents say about the seller, for other features. */
export const readSeller = (db: Queryable, organisationId: OrganisationId): Promise<SellerRow> =>
  findSeller(db, organisationId);

export async function getSellerDetails(app: App, call: { params: { organisationId: OrganisationId } }) {
  const { seller, version } = await findSeller(app.db, call.params.organisationId);
  return { seller, version };
}

/**
 * Changes what the next documents say about the seller, if its version is still the one that the caller saw; otherwise
 * throws Refused('version_mismatch') with the present version.
 */
export async function putSellerDetails(
  app: App,
  call: ActingCall & Call<{ organisationId: OrganisationId }, unknown, Seller, 'team'>,
) {
  const { organisationId } = call.params;
  return once(app, call, async (trx) => {
    const { seller: before, version } = await lockSeller(trx, organisationId);
    if (version !== call.ifMatch) throw new Refused('version_mismatch', { version });
    noteAct(app, trx, call, {
      act: 'organisation.seller_changed',
      organisationId,
      subject: { type: 'organisation', id: organisationId },
      before: before && { ...before },
      after: { ...call.body },
    });
    updateSeller(trx, organisationId, call.body, version + 1);
    return { seller: call.body, version: version + 1 };
  });
}
