import type { Cast } from './cast.ts';
import type { World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
}

/** For possible.ts: what the operations on blocked and complimentary places need. */
export const blockPreparations = {
  blockPlaces: async ({ world, cast }: Stage) => {
    const event = await world.event({ organiser: cast.house });
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 2 }];
    return { params: { eventId: event.id as string }, body: { label: 'House seats', items } };
  },
  issueComplimentaryTickets: async ({ world, cast }: Stage) => {
    const event = await world.event({ organiser: cast.house });
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 2 }];
    const recipient = { name: 'Ada Osei', email: 'ada@example.com' };
    return { params: { eventId: event.id as string }, body: { recipient, items } };
  },
  releaseBlock: async (stage: Stage) => {
    const { params, body } = await blockPreparations.blockPlaces(stage);
    const made = await stage.cast.house.client.post(`/api/events/${params.eventId}/blocks`, body);
    if (made.status !== 201) throw new Error(`not blocked: ${JSON.stringify(made.body)}`);
    return { params: { ...params, blockId: made.body.id as string } };
  },
};
