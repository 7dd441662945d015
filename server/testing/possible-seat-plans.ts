import type { Cast } from './cast.ts';
import { published } from './possible-events.ts';
import type { World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
}

/** A plan with one row of four seats in the zone `gold`. */
const smallPlan = {
  format: 1,
  width: 200,
  height: 200,
  zones: [{ key: 'gold', name: 'Gold', color: '#aa8800' }],
  sections: [{ key: 'stalls', name: 'Stalls' }],
  objects: [
    {
      kind: 'rows',
      id: 'block1',
      x: 100,
      y: 100,
      rotation: 0,
      section: 'stalls',
      zone: 'gold',
      rows: [{ id: 'r1', from: -2, count: 4 }],
      spacing: 10,
      rowSpacing: 12,
      radius: 0,
      rowNames: { scheme: 'letters', start: 1, from: 'front' },
      seatNames: { scheme: 'all', start: 1, from: 'left' },
    },
  ],
};

let plans = 0;

async function drawn(stage: Stage) {
  const { params, version } = await published(stage);
  const path = `/api/events/${params.eventId}/seat-plan`;
  const saved = await stage.cast.house.client.put(path, { plan: smallPlan }, { 'if-match': '"0"' });
  if (saved.status !== 200) throw new Error(`not drawn: ${JSON.stringify(saved.body)}`);
  return { params, version };
}

async function kept({ cast: { house } }: Stage) {
  const path = `/api/organisations/${house.organisationId}/seat-plans`;
  const body = { name: `Hall ${++plans}`, plan: smallPlan };
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

const libraryBody = () => ({ name: `Hall ${++plans}`, plan: smallPlan });

/** For possible.ts: what the operations on seat plans need. */
export const seatPlanPreparations = {
  saveEventSeatPlan: async (stage: Stage) => ({
    ...(await published(stage)),
    version: 0,
    body: { plan: smallPlan },
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
