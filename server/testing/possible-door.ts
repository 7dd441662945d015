import type { Cast } from './cast.ts';
import { hours } from './clock.ts';
import type { Person, World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
  person: Person | null;
}

/** For possible.ts: what the operations on door links and their devices need. */
export const doorPreparations = {
  makeDoorLink: async (stage: Stage) => ({ body: link(stage) }),
  revokeDoorLink: async (stage: Stage) => ({ params: { doorLinkId: (await madeLink(stage)).id } }),
  registerDoorDevice: async (stage: Stage) => ({
    body: { secret: (await madeLink(stage)).secret, name: 'Ben’s phone' },
  }),
  noteDoorDevice: async (stage: Stage) => {
    const { token } = await openedLink(stage);
    const headers: Record<string, string> = { authorization: `Door ${token}` };
    return { headers, body: { unsynced: 0, sentAt: stage.world.clock.now().toISOString() } };
  },
  revokeDoorDevice: async (stage: Stage) => ({
    params: { doorDeviceId: (await openedLink(stage)).device.id as string },
  }),
};

const link = ({ world }: Stage) => ({
  label: 'North gate',
  gate: 'North',
  seesNames: true,
  expiresAt: new Date(world.clock.now().getTime() + hours(12)).toISOString(),
});

async function madeLink(stage: Stage): Promise<{ id: string; secret: string }> {
  const path = `/api/events/${stage.cast.params.eventId}/door-links`;
  const made = await stage.cast.house.client.post(path, link(stage));
  if (made.status !== 201) throw new Error(`no door link: ${JSON.stringify(made.body)}`);
  return { id: made.body.link.id, secret: made.body.url.split('#')[1] };
}

async function openedLink(stage: Stage) {
  const { secret } = await madeLink(stage);
  const opened = await stage.world.client().post('/api/door-devices', { secret, name: 'Ben’s phone' });
  if (opened.status !== 201) throw new Error(`not opened: ${JSON.stringify(opened.body)}`);
  return opened.body;
}
