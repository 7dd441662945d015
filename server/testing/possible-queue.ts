import type { Cast } from './cast.ts';
import type { Person, World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
  person: Person | null;
}

/** For possible.ts: an event with a waiting room, where the caller waits. */
async function queued({ world, cast, person }: Stage) {
  const event = await world.event({
    organiser: cast.house,
    fields: { waitingRoom: { mode: 'always' } },
  });
  const joined = await (person ?? cast.people.holder).client.post(`/api/events/${event.id}/queue`, {});
  if (joined.status !== 201) throw new Error(`not in the queue: ${JSON.stringify(joined.body)}`);
  return { params: { eventId: event.id as string } };
}

/** The draw of an empty list: the order is known, and nobody is in it. */
async function drawn(stage: Stage) {
  const { params } = await queued(stage);
  await stage.world.app.db.run('update waiting_rooms set drawn_at = $2 where event_id = $1', [
    params.eventId,
    stage.world.clock.now(),
  ]);
  return { params };
}

export const queuePreparations = {
  joinQueue: queued,
  getQueue: queued,
  getQueueChallenge: queued,
  getMyQueueEntry: queued,
  leaveQueue: queued,
  steerQueue: queued,
  getQueueDraw: drawn,
};
