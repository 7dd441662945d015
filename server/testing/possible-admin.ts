import { buy } from '../features/tickets/testing/buy.ts';
import type { Cast } from './cast.ts';
import { failedJob, parkedMessage, unmatchedMoney } from './failed-work.ts';
import { moderationPreparations } from './possible-moderation.ts';
import type { Organiser, World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
}

let paid = 0;

/** For possible.ts: what the operations of the platform's admins need. */
export const adminPreparations = {
  ...moderationPreparations,
  runFailedJob: async ({ world }: Stage) => ({ params: { jobId: await failedJob(world) } }),
  deliverParkedMessage: async ({ world, cast }: Stage) => {
    const position = await parkedMessage(world, cast.params.eventId as string);
    return { params: { sink: 'find-orders', position } };
  },
  payOut: async ({ world }: Stage) => {
    const organiser = await world.organiser();
    return { params: { organisationId: organiser.organisationId }, body: await dueTo(organiser, world) };
  },
  transferPayout: async ({ world }: Stage) => {
    const organiser = await world.organiser();
    const { organisationId } = organiser;
    await organiser.client.post(`/api/organisations/${organisationId}/payout-account`);
    const { amount } = await dueTo(organiser, world);
    return { params: { organisationId }, body: { amount } };
  },
  // Only the first call opens an account.
  connectPayouts: async ({ world, cast: { house } }: Stage) => {
    await world.app.db.run('delete from payout_accounts where organisation_id = $1', [house.organisationId]);
    return {};
  },
  getPayoutPdf: async ({ world, cast: { house, people } }: Stage) => {
    const path = `/api/admin/organisations/${house.organisationId}/payouts`;
    const { body } = await people.admin.client.post(path, await dueTo(house, world));
    return { params: { payoutId: body.id } };
  },
  settleMoneyReview: async ({ world, cast }: Stage) => {
    const reference = await unmatchedMoney(world);
    const { items } = (await cast.people.admin.client.get('/api/admin/money-reviews?limit=100')).body;
    const { id } = items.find((item: { reference: string }) => item.reference === reference);
    return { params: { moneyReviewId: id }, body: { action: 'write_off', note: 'A test' } };
  },
};

/** Sells a ticket of an event that is over, and returns what an admin says when all that is due is paid. */
async function dueTo(organiser: Organiser, world: World) {
  const event = await world.event({ organiser });
  await buy(world, await world.guest(), event);
  // The clock of the world is that of other tests too, so the event moves and not the time.
  await world.app.db.run(
    `update events set starts_at = starts_at - interval '90 days', ends_at = ends_at - interval '90 days' where id = $1`,
    [event.id],
  );
  const { body } = await organiser.client.get(`/api/organisations/${organiser.organisationId}/payouts`);
  return { amount: body.balances[0].due, reference: `A test ${++paid}` };
}
