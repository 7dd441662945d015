import type { OrganisationId } from '../../../contract/ids.ts';
import type { Seller } from '../../../contract/parties.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Queryable } from '../../data/db.ts';
import { findSeller, lockSeller, type SellerRow, updateSeller } from './seller-store.ts';

/** Reads an organisation's name and what its documents say about the seller, for other features. */
export const readSeller = (db: Queryable, organisationId: OrganisationId): Promise<SellerRow> =>
  findSeller(db, organisationId);

export async function getSellerDetails(app: App, call: { params: { organisationId: OrganisationId } }) {
  const { seller } = await findSeller(app.db, call.params.organisationId);
  return { seller };
}

/** Changes what the next documents say about the seller. */
export async function putSellerDetails(
  app: App,
  call: ActingCall & { params: { organisationId: OrganisationId }; body: Seller },
) {
  const { organisationId } = call.params;
  await app.db.transaction(async (trx) => {
    const { seller: before } = await lockSeller(trx, organisationId);
    noteAct(app, trx, call, {
      act: 'organisation.seller_changed',
      organisationId,
      subject: { type: 'organisation', id: organisationId },
      before: before && { ...before },
      after: { ...call.body },
    });
    updateSeller(trx, organisationId, call.body);
  });
  return { seller: call.body };
}
