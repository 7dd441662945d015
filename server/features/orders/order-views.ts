import { Refused } from '../../../contract/errors.ts';
import type { Id, OrganisationId } from '../../../contract/ids.ts';
import { mostOrderViews, type NewOrderView, type OrderView } from '../../../contract/order-views.ts';
import type { App } from '../../app.ts';
import { type Fields, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { requireTeamCapability } from '../organisations/team.ts';
import { deleteView, hasViewNamed, insertView, selectViews, type ViewRow } from './views-store.ts';

type OfOrganisation<Body = undefined> = Call<{ organisationId: OrganisationId }, undefined, Body, 'team'>;
type OfView<Body = undefined> = Call<
  { organisationId: OrganisationId; viewId: Id<'orderView'> },
  undefined,
  Body,
  'team'
>;

/** Lists the saved lists of orders that the caller sees. */
export async function listOrderViews(app: App, call: OfOrganisation): Promise<{ items: OrderView[] }> {
  const rows = await selectViews(app.db, call.params.organisationId, call.caller.userId);
  return { items: rows.map(show) };
}

/** Saves a list of orders under a name. */
export async function saveOrderView(app: App, call: OfOrganisation<NewOrderView>): Promise<OrderView> {
  if (call.body.isShared) await requireShare(app, call);
  return once(app, call, (trx) => write(app, trx, call, { id: app.newId('orderView'), before: null }));
}

/** Replaces a saved list. Taken from the team, it becomes the caller's own. */
export async function putOrderView(app: App, call: OfView<NewOrderView>): Promise<OrderView> {
  if (call.body.isShared) await requireShare(app, call);
  return once(app, call, async (trx) => {
    const before = await take(app, trx, call);
    return write(app, trx, call, { id: before.id, before });
  });
}

/** Deletes a saved list. */
export async function deleteOrderView(app: App, call: OfView): Promise<undefined> {
  await app.db.transaction(async (trx) => {
    note(app, trx, call, { before: await take(app, trx, call), after: null });
  });
  return undefined;
}

/** Deletes a list that the caller may change. */
async function take(app: App, trx: Transaction, call: OfView<unknown>): Promise<ViewRow> {
  const { organisationId, viewId } = call.params;
  const view = await deleteView(trx, organisationId, call.caller.userId, viewId);
  if (!view) throw new Refused('not_found');
  if (view.ownerId === null) await requireShare(app, call);
  return view;
}

async function write(
  app: App,
  trx: Transaction,
  call: OfOrganisation<NewOrderView>,
  { id, before }: { id: Id<'orderView'>; before: ViewRow | null },
): Promise<OrderView> {
  const { organisationId } = call.params;
  const { name, isShared, search } = call.body;
  const view: ViewRow = { id, ownerId: isShared ? null : call.caller.userId, name, search };
  if (!(await insertView(trx, organisationId, view, app.clock.now(), mostOrderViews)))
    throw new Refused((await hasViewNamed(trx, organisationId, view)) ? 'view_name_taken' : 'too_many_views');
  note(app, trx, call, { before, after: view });
  return show(view);
}

const requireShare = (app: App, call: OfOrganisation<unknown>): Promise<void> =>
  requireTeamCapability(app, call.caller, call.params.organisationId, 'orders.edit');

const show = ({ id, ownerId, name, search }: ViewRow): OrderView => ({
  id,
  name,
  isShared: ownerId === null,
  search,
});

/** The audit log has what the team shares. A member's own lists concern nobody else. */
function note(
  app: App,
  trx: Transaction,
  call: OfOrganisation<unknown>,
  change: { before: ViewRow | null; after: ViewRow | null },
): void {
  const before = fieldsOf(change.before);
  const after = fieldsOf(change.after);
  if (!before && !after) return;
  const { organisationId } = call.params;
  noteAct(app, trx, call, {
    act: after ? 'order_view.saved' : 'order_view.deleted',
    organisationId,
    subject: { type: 'organisation', id: organisationId },
    before,
    after,
  });
}

function fieldsOf(view: ViewRow | null): Fields | null {
  if (!view || view.ownerId !== null) return null;
  const { columns, ...filters } = view.search;
  return {
    name: view.name,
    filters: Object.entries(filters).map(([name, value]) => `${name}: ${value}`),
    columns,
  };
}
