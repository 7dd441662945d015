import { quicknet, roundAfter } from '../../contract/beacon.ts';
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

/** The queue of an event that opens in an hour, with a lane, where the caller waits. */
async function laned({ world, cast, person }: Stage) {
  const opensAt = new Date(world.clock.now().getTime() + 3_600_000).toISOString();
  const event = await world.event({
    organiser: cast.house,
    fields: { waitingRoom: { mode: 'scheduled', opensAt } },
  });
  const path = `/api/events/${event.id}/queue`;
  const lanes = [{ key: 'members', name: 'Members', percent: 20, code: 'MEMBERS-2027', mostPeople: 500 }];
  const put = await cast.people.owner.client.put(`${path}/lanes`, { lanes });
  if (put.status !== 200) throw new Error(`no lanes: ${JSON.stringify(put.body)}`);
  await (person ?? cast.people.holder).client.post(path, {});
  return { params: { eventId: event.id as string } };
}

/** A queue whose draw waits for a beacon that has not answered for a day. */
async function overdue(stage: Stage) {
  const { params } = await laned(stage);
  const { app, clock } = stage.world;
  await app.db.run(
    `update waiting_rooms set phase = 'closed', beacon_chain = $2, beacon_round = $3, list_hash = repeat('0', 64)
     where event_id = $1`,
    [params.eventId, JSON.stringify(quicknet), roundAfter(quicknet, clock.now().getTime() - 86_400_000)],
  );
  return { params };
}

export const queuePreparations = {
  // An event of its own, because an event rehearses one sale at a time.
  rehearseSale: queued,
  enterQueueLane: laned,
  getQueueLanes: laned,
  // Another share than before, because the audit log has no entry of an act that changes nothing.
  putQueueLanes: async (stage: Stage) => ({
    ...(await laned(stage)),
    body: {
      lanes: [{ key: 'members', name: 'Members', percent: 25, code: 'MEMBERS-2027', mostPeople: 500 }],
    },
  }),
  joinQueue: queued,
  getQueue: queued,
  getQueueChallenge: queued,
  getMyQueueEntry: queued,
  leaveQueue: queued,
  steerQueue: queued,
  dropQueueBeacon: overdue,
  getQueueDraw: drawn,
};
