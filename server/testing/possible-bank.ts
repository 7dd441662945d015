import {
  importFile,
  offerTransfers,
  orderByTransfer,
} from '../features/bank-transfers/testing/order-by-transfer.ts';
import { camt } from '../features/bank-transfers/testing/statements.ts';
import type { Cast } from './cast.ts';
import type { World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
}

const root = ({ cast }: Stage) => `/api/organisations/${cast.house.organisationId}`;

async function versionOf({ cast }: Stage, path: string): Promise<number> {
  return (await cast.house.client.get(path)).body.version;
}

/** An order that waits for its money, and an entry of this amount. `text` says what its payer wrote. */
async function came(stage: Stage, minor: number, says: (reference: string) => string) {
  const { world, cast } = stage;
  await offerTransfers(cast.house);
  const event = await world.event({ organiser: cast.house });
  const { orderId, transfer } = await orderByTransfer(world, event);
  const day = world.clock.now().toISOString().slice(0, 10);
  // The number makes each entry another one.
  const text = says(transfer.reference);
  const imported = await importFile(cast.house, camt([{ day, minor, text, ref: orderId }]));
  if (imported.status !== 201) throw new Error(`not imported: ${JSON.stringify(imported.body)}`);
  const state = text === '' ? 'unmatched' : 'partly';
  const { items } = (await cast.house.client.get(`${root(stage)}/bank-entries?state=${state}&limit=1`)).body;
  return { orderId, params: { bankEntryId: items[0].id as string } };
}

const unknown = () => '';

/** For possible.ts: what the operations on bank transfers need. */
export const bankPreparations = {
  putOrganisationPayWays: async (stage: Stage) => ({
    version: await versionOf(stage, `${root(stage)}/ways-to-pay`),
  }),
  putEventPayWays: async (stage: Stage) => {
    await offerTransfers(stage.cast.house);
    const { id } = await stage.world.event({ organiser: stage.cast.house });
    return { params: { eventId: id as string }, version: 0 };
  },
  importBankStatement: async ({ cast }: Stage) => offerTransfers(cast.house).then(() => ({})),
  assignBankEntry: async (stage: Stage) => {
    const { params, orderId } = await came(stage, 2500, unknown);
    return { params, body: { orderNumber: orderId } };
  },
  undoBankAssignment: async (stage: Stage) => {
    const { params, orderId } = await came(stage, 1000, (reference) => reference);
    return { params: { ...params, orderId } };
  },
  returnBankEntry: async (stage: Stage) => ({ params: (await came(stage, 2500, unknown)).params }),
  markBankReturnsSent: async (stage: Stage) => {
    const { params } = await came(stage, 2500, unknown);
    await stage.cast.house.client.post(`${root(stage)}/bank-entries/${params.bankEntryId}/return`);
    const { items } = (await stage.cast.house.client.get(`${root(stage)}/bank-returns`)).body;
    return { body: { ids: [items.at(-1).id] } };
  },
  getOrderTransfer: async (stage: Stage) => {
    const { world, cast } = stage;
    await offerTransfers(cast.house);
    const event = await world.event({ organiser: cast.house });
    const { holder } = cast.people;
    const held = await holder.client.post(`/api/events/${event.id}/holds`, {
      items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
    });
    const placed = await holder.client.post('/api/orders', {
      holdId: held.body.id,
      payBy: 'bank_transfer',
      buyer: { name: 'Ada Osei', email: 'ada@example.com' },
    });
    return { params: { orderId: placed.body.order.id as string } };
  },
};
