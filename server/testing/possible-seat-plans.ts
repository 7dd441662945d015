import { examplePlan } from '../../contract/example-plan.ts';
import type { Cast } from './cast.ts';
import { published } from './possible-events.ts';
import type { World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
}

let plans = 0;

async function drawn(stage: Stage) {
  const { params, version } = await published(stage);
  const path = `/api/events/${params.eventId}/seat-plan`;
  const saved = await stage.cast.house.client.put(path, { plan: examplePlan }, { 'if-match': '"0"' });
  if (saved.status !== 200) throw new Error(`not drawn: ${JSON.stringify(saved.body)}`);
  return { params, version };
}

async function kept({ cast: { house } }: Stage) {
  const path = `/api/organisations/${house.organisationId}/seat-plans`;
  const body = { name: `Hall ${++plans}`, plan: examplePlan };
  let saved = await house.client.post(path, body);
  // A library has a limit, and a test may ask for more requests than that.
  if (saved.body.code === 'too_many_plans') {
    for (const { id, version } of (await house.client.get(path)).body.items)
      await house.client.delete(`${path}/${id}`, { 'if-match': `"${version}"` });
    saved = await house.client.post(path, body);
  }
  if (saved.status !== 201) throw new Error(`not kept: ${JSON.stringify(saved.body)}`);
  return { params: { planId: saved.body.id as string }, version: 1 };
}

const libraryBody = () => ({ name: `Hall ${++plans}`, plan: examplePlan });

/** For possible.ts: what the operations on seat plans need. */
export const seatPlanPreparations = {
  saveEventSeatPlan: async (stage: Stage) => ({
    ...(await published(stage)),
    version: 0,
    body: { plan: examplePlan },
  }),
  previewSeatPlan: drawn,
  applySeatPlan: async (stage: Stage) => ({
    ...(await drawn(stage)),
    body: { version: 1, tellMoved: false },
  }),
  createLibraryPlan: async () => ({ body: libraryBody() }),
  saveLibraryPlan: async (stage: Stage) => ({ ...(await kept(stage)), body: libraryBody() }),
  deleteLibraryPlan: kept,
};
