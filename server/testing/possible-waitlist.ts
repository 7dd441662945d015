import type { WaitlistEntryId } from '../../contract/ids.ts';
import type { Cast } from './cast.ts';
import type { Person, World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
  person: Person | null;
}

/** For possible.ts: what the operations of the waitlist need. */
export const waitlistPreparations = {
  joinWaitlist: async (stage: Stage) => {
    const event = await soldOut(stage);
    return { params: { eventId: event.id }, body: { ticketTypeId: event.ticketTypeId, quantity: 1 } };
  },
  leaveWaitlist: async (stage: Stage) => {
    const event = await soldOut(stage);
    const { holder } = stage.cast.people;
    const joined = await holder.client.post(`/api/events/${event.id}/waitlist`, {
      ticketTypeId: event.ticketTypeId,
      quantity: 1,
    });
    if (joined.status !== 201) throw new Error(`not waiting: ${JSON.stringify(joined.body)}`);
    return { params: { entryId: joined.body.id as string } };
  },
  openOffer: async (stage: Stage) => {
    const { params } = await waitlistPreparations.leaveWaitlist(stage);
    const secret = stage.world.app.offerLinks.secretOf(params.entryId as WaitlistEntryId);
    return { params, body: { secret } };
  },
};

/** An event of the cast's organisation whose only place somebody else holds. */
async function soldOut({ world, cast }: Stage) {
  const event = await world.event({ organiser: cast.house, capacity: 1 });
  const buyer = await world.guest();
  const held = await buyer.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
  });
  if (held.status !== 201) throw new Error(`not held: ${JSON.stringify(held.body)}`);
  return event;
}
