import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, SeatPlanId } from '../../../contract/ids.ts';
import { mostPlanVersions, type SeatPlanDocument } from '../../../contract/plan-fields.ts';
import { type LibraryEntry, type LibraryPlan, mostLibraryPlans } from '../../../contract/seat-plans.ts';
import { countSeats } from '../../../seat-map/place-seats.ts';
import type { App } from '../../app.ts';
import { type ActingCall, digestOf, noteAct } from '../../data/audit-trail.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { readNames } from '../accounts/read-names.ts';
import { keepPlanPictures } from '../pictures/keep-for-plan.ts';
import { picturesOf } from './drawing.ts';
import {
  deletePlan,
  findLibraryPlan,
  findVersion,
  hasPlanNamed,
  insertLibraryPlan,
  insertVersion,
  type LibraryRow,
  lockLibraryPlan,
  moveLibraryPlan,
  selectLibrary,
  selectVersions,
} from './store.ts';

interface Saved {
  name: string;
  plan: SeatPlanDocument;
}
type OfOrganisation<Body = unknown> = ActingCall &
  Call<{ organisationId: OrganisationId }, unknown, Body, 'team'>;
type OfPlan<Query = unknown, Body = unknown> = ActingCall &
  Call<{ organisationId: OrganisationId; planId: SeatPlanId }, Query, Body, 'team'>;

/** Lists the plans of an organisation's library. */
export async function listLibraryPlans(app: App, call: OfOrganisation): Promise<{ items: LibraryEntry[] }> {
  const rows = await selectLibrary(app.db, call.params.organisationId);
  const names = await readNames(app.db, [...new Set(rows.map(({ savedBy }) => savedBy))]);
  return { items: rows.map((row) => entryOf(row, names)) };
}

/** Returns a plan of the library, in its latest version or in the one that the query names. */
export async function getLibraryPlan(
  app: App,
  { params: { organisationId, planId }, query }: OfPlan<{ version?: number | undefined }>,
): Promise<LibraryPlan> {
  const row = await findLibraryPlan(app.db, organisationId, planId);
  if (!row) throw new Refused('not_found');
  const [plan, versions, names] = await Promise.all([
    findVersion(app.db, planId, query.version ?? row.version),
    selectVersions(app.db, planId),
    readNames(app.db, [row.savedBy]),
  ]);
  if (!plan) throw new Refused('not_found');
  return {
    ...entryOf(row, names),
    versions: versions.map(({ version, savedAt }) => ({ version, savedAt: savedAt.toISOString() })),
    plan,
  };
}

/** Puts a plan into the library. Throws Refused('plan_name_taken' | 'too_many_plans'). */
export async function createLibraryPlan(app: App, call: OfOrganisation<Saved>): Promise<LibraryEntry> {
  const { organisationId } = call.params;
  return once(app, call, async (trx) => {
    const id = app.newId('seatPlan');
    const now = app.clock.now();
    const { name } = call.body;
    if (!(await insertLibraryPlan(trx, { id, organisationId, name }, now, mostLibraryPlans)))
      throw new Refused(
        (await hasPlanNamed(trx, organisationId, name, id)) ? 'plan_name_taken' : 'too_many_plans',
      );
    return writeVersion(app, trx, call, { id, version: 1, before: null });
  });
}

/** Saves a new version of a plan. Throws Refused('version_mismatch' | 'plan_name_taken'). */
export async function saveLibraryPlan(app: App, call: OfPlan<unknown, Saved>): Promise<LibraryEntry> {
  const { organisationId, planId } = call.params;
  return once(app, call, async (trx) => {
    const before = await lockLibraryPlan(trx, organisationId, planId);
    if (!before) throw new Refused('not_found');
    if (before.version !== call.ifMatch) throw new Refused('version_mismatch', { version: before.version });
    const { name } = call.body;
    if (await hasPlanNamed(trx, organisationId, name, planId)) throw new Refused('plan_name_taken');
    await moveLibraryPlan(trx, planId, name, before.version + 1);
    return writeVersion(app, trx, call, { id: planId, version: before.version + 1, before });
  });
}

/** Deletes a plan with its versions. Throws Refused('version_mismatch'), so that nobody deletes a version unseen. */
export async function deleteLibraryPlan(app: App, call: OfPlan): Promise<undefined> {
  const { organisationId, planId } = call.params;
  return once(app, call, async (trx) => {
    const before = await lockLibraryPlan(trx, organisationId, planId);
    if (!before) throw new Refused('not_found');
    if (before.version !== call.ifMatch) throw new Refused('version_mismatch', { version: before.version });
    const plan = await findVersion(trx, planId, before.version);
    await deletePlan(trx, planId);
    noteAct(app, trx, call, {
      act: 'seat_plan.deleted',
      organisationId,
      subject: { type: 'seat_plan', id: planId, title: before.name },
      before: fieldsOf(before, plan),
      after: null,
    });
    return undefined;
  });
}

async function writeVersion(
  app: App,
  trx: Transaction,
  call: OfOrganisation<Saved>,
  { id, version, before }: { id: SeatPlanId; version: number; before: LibraryRow | null },
): Promise<LibraryEntry> {
  const { organisationId } = call.params;
  const { name, plan } = call.body;
  await keepPlanPictures(trx, picturesOf(plan), organisationId, { planId: id });
  const row: LibraryRow = {
    id,
    name,
    version,
    seatCount: plan.objects.reduce((sum, object) => sum + countSeats(object), 0),
    savedAt: app.clock.now(),
    savedBy: call.caller.userId,
  };
  await insertVersion(trx, id, { ...row, document: plan }, mostPlanVersions);
  noteAct(app, trx, call, {
    act: 'seat_plan.saved',
    organisationId,
    subject: { type: 'seat_plan', id, title: name },
    before: before && fieldsOf(before, await findVersion(trx, id, before.version)),
    after: fieldsOf(row, plan),
  });
  return show(trx, row);
}

/** A plan may be large, so the entry has its length and hash. */
const fieldsOf = (
  { name, seatCount }: Pick<LibraryRow, 'name' | 'seatCount'>,
  plan: SeatPlanDocument | null,
) => ({
  name,
  places: seatCount,
  seatLayout: plan && digestOf(JSON.stringify(plan)),
});

const show = async (db: Queryable, row: LibraryRow): Promise<LibraryEntry> =>
  entryOf(row, await readNames(db, [row.savedBy]));

const entryOf = (row: LibraryRow, names: ReadonlyMap<string, string>): LibraryEntry => ({
  ...row,
  savedAt: row.savedAt.toISOString(),
  savedBy: names.get(row.savedBy) ?? null,
});
