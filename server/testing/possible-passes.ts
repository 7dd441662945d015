import type { Cast } from './cast.ts';
import type { TestEvent, World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
}

/** For possible.ts: what the operations on passes need. */
export const passPreparations = {
  createPass: async ({ world, cast }: Stage) => {
    const dates = [
      await world.event({ organiser: cast.house }),
      await world.event({ organiser: cast.house }),
    ];
    return { body: { title: 'Season pass', priceMinor: 5000, dates: dates.map(dateOf) } };
  },
  setPassPlaces: async (stage: Stage) => ({ params: await draftPass(stage), body: { places: 3 } }),
  getManagedPass: async (stage: Stage) => ({ params: await draftPass(stage) }),
  getPass: async (stage: Stage) => {
    const params = await draftPass(stage);
    const { client } = stage.cast.house;
    await client.put(`/api/events/${params.eventId}/pass/places`, { places: 3 });
    const { version } = (await client.get(`/api/events/${params.eventId}/management`)).body;
    const headers = { 'if-match': `"${version}"` };
    const published = await client.post(`/api/events/${params.eventId}/publication`, undefined, headers);
    if (published.status !== 200) throw new Error(`not published: ${JSON.stringify(published.body)}`);
    return { params };
  },
};

export const dateOf = ({ id, ticketTypeId }: TestEvent) => ({ eventId: id, ticketTypeId });

async function draftPass(stage: Stage): Promise<{ eventId: string }> {
  const { body } = await passPreparations.createPass(stage);
  const { house } = stage.cast;
  const made = await house.client.post(`/api/organisations/${house.organisationId}/passes`, body);
  if (made.status !== 201) throw new Error(`no pass: ${JSON.stringify(made.body)}`);
  return { eventId: made.body.id };
}
