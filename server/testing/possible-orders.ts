import type { Id } from '../../contract/ids.ts';
import { makeExport } from '../features/exports/make-export.ts';
import type { CallerName, Cast } from './cast.ts';
import { bankPreparations } from './possible-bank.ts';
import type { Person, World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
  caller: CallerName;
  person: Person | null;
}

let made = 0;

/** For possible.ts: what the operations of an order's desk need. */
export const orderPreparations = {
  ...bankPreparations,
  removeOrderNote: async ({ cast }: Stage) => {
    const path = `/api/orders/${cast.params.orderId}/notes`;
    return { params: { noteId: (await cast.house.client.post(path, { text: 'Call back' })).body.id } };
  },
  // The same tags again would be no change.
  putOrderTags: async () => ({ body: { tags: [`tag ${++made}`] } }),
  saveOrderView: async (stage: Stage) => ({ body: nextView(stage) }),
  putOrderView: async (stage: Stage) => ({
    params: { viewId: await savedView(stage) },
    body: nextView(stage),
  }),
  deleteOrderView: async (stage: Stage) => ({ params: { viewId: await savedView(stage) } }),
  saveExportSchedule: async (stage: Stage) => ({ body: schedule(stage, await madeRoom(stage)) }),
  putExportSchedule: async (stage: Stage) => ({
    params: { scheduleId: await savedSchedule(stage) },
    body: schedule(stage, 7),
  }),
  deleteExportSchedule: async (stage: Stage) => ({ params: { scheduleId: await savedSchedule(stage) } }),
  getExportFile: async (stage: Stage) => ({ params: { exportFileId: await madeFile(stage) } }),
  // An address gets only some mails in a time.
  correctOrderAddress: async () => ({ body: { email: `corrected-${++made}@possible.example` } }),
};

const schedulesOf = ({ cast }: Stage) => `/api/events/${cast.params.eventId}/export-schedules`;

const schedule = ({ cast }: Stage, hour: number) => ({
  table: 'attendees',
  format: 'csv',
  rhythm: { every: 'day', hour },
  isPaused: false,
  recipients: [cast.house.userId],
});

/** Deletes what earlier requests have scheduled, because an event has at most 20. Returns an hour. */
async function madeRoom(stage: Stage): Promise<number> {
  const { client } = stage.cast.house;
  const { items } = (await client.get(schedulesOf(stage))).body;
  if (items.length >= 15) for (const { id } of items) await client.delete(`${schedulesOf(stage)}/${id}`);
  return 6;
}

async function savedSchedule(stage: Stage): Promise<string> {
  const body = schedule(stage, await madeRoom(stage));
  return (await stage.cast.house.client.post(schedulesOf(stage), body)).body.id;
}

async function madeFile(stage: Stage): Promise<string> {
  const { world } = stage;
  const scheduleId = (await savedSchedule(stage)) as Id<'exportSchedule'>;
  await makeExport(world.app, { scheduleId, dueAt: world.clock.now().toISOString() });
  const { items } = (await stage.cast.house.client.get(schedulesOf(stage))).body;
  return items.find(({ id }: { id: string }) => id === scheduleId).files[0].id;
}

/** Members who may not share a list save one of their own. */
const nextView = ({ caller }: Stage) => ({
  name: `List ${++made}`,
  isShared: !['finance', 'read-only', 'elsewhere'].includes(caller),
  search: { tag: 'press', columns: ['total'] },
});

async function savedView(stage: Stage): Promise<string> {
  const { cast, person } = stage;
  const path = `/api/organisations/${cast.params.organisationId}/order-views`;
  const { client } = person ?? cast.house;
  let saved = await client.post(path, nextView(stage));
  if (saved.body.code === 'too_many_views') {
    // Earlier requests have used up the limit.
    const { items } = (await client.get(path)).body;
    for (const { id } of items) await client.delete(`${path}/${id}`);
    saved = await client.post(path, nextView(stage));
  }
  if (saved.status !== 201) throw new Error(`not saved: ${JSON.stringify(saved.body)}`);
  return saved.body.id;
}
