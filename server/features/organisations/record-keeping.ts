import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import { recordYearsOf } from '../../../contract/record-years.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import {
  findRecordKeeping,
  lockRecordKeeping,
  type RecordKeeping,
  updateRecordKeeping,
} from './record-store.ts';

const show = <K extends RecordKeeping>(app: Pick<App, 'config'>, kept: K) => ({
  ...kept,
  recordYears: Math.max(recordYearsOf(kept.country), app.config.leastRecordYears),
});

/** How long an organisation keeps names, and how many years it must keep records. */
export const getRecordKeeping = async (app: App, call: { params: { organisationId: OrganisationId } }) =>
  show(app, await findRecordKeeping(app.db, call.params.organisationId));

/**
 * Changes this if its version is still the one that the caller saw; otherwise throws Refused('version_mismatch') with the
 * present version. Erased names do not come back if the time becomes longer.
 */
export async function putRecordKeeping(
  app: App,
  call: ActingCall & Call<{ organisationId: OrganisationId }, unknown, RecordKeeping, 'team'>,
) {
  const { organisationId } = call.params;
  return once(app, call, async (trx) => {
    const { version, ...before } = await lockRecordKeeping(trx, organisationId);
    if (version !== call.ifMatch) throw new Refused('version_mismatch', { version });
    const after = { ...call.body, version: version + 1 };
    await updateRecordKeeping(trx, organisationId, after);
    noteAct(app, trx, call, {
      act: 'organisation.record_keeping_changed',
      organisationId,
      subject: { type: 'organisation', id: organisationId },
      before: { ...before },
      after: { ...call.body },
    });
    return show(app, after);
  });
}
