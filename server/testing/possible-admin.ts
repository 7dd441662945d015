import type { Cast } from './cast.ts';
import { failedJob, parkedMessage, unmatchedMoney } from './failed-work.ts';
import type { World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
}

/** For possible.ts: what the operations of the platform's admins need. */
export const adminPreparations = {
  runFailedJob: async ({ world }: Stage) => ({ params: { jobId: await failedJob(world) } }),
  deliverParkedMessage: async ({ world, cast }: Stage) => {
    const position = await parkedMessage(world, cast.params.eventId as string);
    return { params: { sink: 'find-orders', position } };
  },
  settleMoneyReview: async ({ world, cast }: Stage) => {
    const reference = await unmatchedMoney(world);
    const { items } = (await cast.people.admin.client.get('/api/admin/money-reviews?limit=100')).body;
    const { id } = items.find((item: { reference: string }) => item.reference === reference);
    return { params: { moneyReviewId: id }, body: { action: 'write_off', note: 'A test' } };
  },
};
