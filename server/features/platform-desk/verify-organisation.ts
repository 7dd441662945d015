import type { OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { changeStanding } from '../organisations/standing.ts';

/** Notes whether the platform knows who an organisation is. Saying the same again changes nothing. */
export const verifyOrganisation = (
  app: App,
  call: Call<{ organisationId: OrganisationId }, undefined, { isVerified: boolean }, 'admin'>,
): Promise<{ id: OrganisationId; isVerified: boolean }> =>
  once(app, call, async (trx) => {
    const { isVerified } = call.body;
    const { before, after } = await changeStanding(trx, call.params.organisationId, (row) =>
      (row.verifiedAt !== null) === isVerified
        ? row
        : { ...row, verifiedAt: isVerified ? app.clock.now() : null },
    );
    const stateOf = (row: typeof before) => ({ state: row.verifiedAt ? 'verified' : 'unverified' });
    noteAct(app, trx, call, {
      act: 'organisation.verified',
      organisationId: null,
      subject: { type: 'organisation', id: after.id, title: after.name },
      before: stateOf(before),
      after: stateOf(after),
    });
    return { id: after.id, isVerified };
  });
