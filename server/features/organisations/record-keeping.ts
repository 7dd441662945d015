import type { OrganisationId } from '../../../contract/ids.ts';
import { recordYearsOf } from '../../../contract/record-years.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import {
  findRecordKeeping,
  lockRecordKeeping,
  type RecordKeeping,
  updateRecordKeeping,
} from './record-store.ts';

const show = (app: Pick<App, 'config'>, kept: RecordKeeping) => ({
  ...kept,
  recordYears: Math.max(recordYearsOf(kept.country), app.config.leastRecordYears),
});

/** How long an organisation keeps names, and how many years it must keep records. */
export const getRecordKeeping = async (app: App, call: { params: { organisationId: OrganisationId } }) =>
  show(app, await findRecordKeeping(app.db, call.params.organisationId));

/** Changes this. Erased names do not come back if the time becomes longer. */
export async function putRecordKeeping(
  app: App,
  call: ActingCall & { params: { organisationId: OrganisationId }; body: RecordKeeping },
) {
  const { organisationId } = call.params;
  await app.db.transaction(async (trx) => {
    const before = await lockRecordKeeping(trx, organisationId);
    await updateRecordKeeping(trx, organisationId, call.body);
    noteAct(app, trx, call, {
      act: 'organisation.record_keeping_changed',
      organisationId,
      subject: { type: 'organisation', id: organisationId },
      before: { ...before },
      after: { ...call.body },
    });
  });
  return show(app, call.body);
}
