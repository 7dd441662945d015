import type { Cast } from './cast.ts';
import type { World } from './world.ts';

/* Events of the cast's organisation in each state, for operations on events. */
interface Stage {
  world: World;
  cast: Cast;
}

export const draft = async ({ world, cast }: Stage) => {
  const event = await world.event({ organiser: cast.house, publish: false });
  return { params: { eventId: event.id }, version: event.version };
};

export const published = async ({ world, cast }: Stage) => {
  const event = await world.event({ organiser: cast.house });
  return { params: { eventId: event.id }, version: event.version };
};

export const calledOff = async (stage: Stage) => {
  const prepared = await published(stage);
  const path = `/api/events/${prepared.params.eventId}/cancellation`;
  await stage.cast.house.client.post(path, { reason: 'The singer is ill.', refund: 'none' });
  return prepared;
};

/** A cancelled event with an order that could not be cancelled, so that there is something to try again. */
export const partlyCalledOff = async (stage: Stage) => {
  const prepared = await calledOff(stage);
  await stage.world.app.db.run(
    `insert into cancellation_failures (event_id, order_id, code, detail, failed_at)
     values ($1, 'ord_gone', 'internal', 'An error on our side.', now())`,
    [prepared.params.eventId],
  );
  return prepared;
};
