import { buy } from '../features/tickets/testing/buy.ts';
import type { Cast } from './cast.ts';
import { hours } from './clock.ts';
import { published } from './possible-events.ts';
import type { Person, World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
  person: Person | null;
}

/** For possible.ts: what the operations on door links and their devices need. */
export const doorPreparations = {
  putDoorSettings: async (stage: Stage) => ({ ...(await published(stage)), version: 0 }),
  undoCheckIn: async (stage: Stage) => {
    const { eventId, code } = await doorTicket(stage);
    const path = `/api/events/${eventId}/check-ins`;
    const scanned = await stage.cast.house.client.post(path, { code, nonce: 'possible-scan' });
    return { params: { eventId, checkInId: scanned.body.id as string } };
  },
  resolveDoorConflict: async (stage: Stage) => {
    const { eventId, code } = await doorTicket(stage);
    const scans = ['one', 'two'].map((name) => ({
      code,
      nonce: `possible-${name}`,
      offline: { admitted: true },
    }));
    const path = `/api/events/${eventId}/check-ins/batch`;
    const { body } = await stage.cast.house.client.post(path, { scans });
    return { params: { eventId, conflictId: body.results[1].conflictId as string } };
  },
  findDoorTickets: async () => ({ query: { q: 'Ada' } }),
  checkInGroup: async (stage: Stage) => {
    const { eventId, code } = await doorTicket(stage);
    return { params: { eventId }, body: { code, nonce: 'possible-group' } };
  },
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
  undoDeviceScans: async (stage: Stage) => {
    const { eventId, code } = await doorTicket(stage);
    const { device, token } = await openedLink(stage, eventId);
    const headers = { authorization: `Door ${token}` };
    const scan = { code, nonce: `possible-${device.id}` };
    const { status } = await stage.world.client().post(`/api/events/${eventId}/check-ins`, scan, headers);
    if (status !== 201) throw new Error(`the device did not scan: ${status}`);
    return { params: { eventId, doorDeviceId: device.id as string } };
  },
};

/** Lets the bank of the buyer dispute the payment for a ticket. */
export async function disputeOrder({ app }: World, code: string): Promise<void> {
  await app.db.run(
    `insert into disputes (id, provider, ref, kind, status, event_id, order_id, organisation_id, amount_minor, currency, reason,
       opened_at, seen_at)
     select $2, 'sandbox', $2, 'chargeback', 'needs_response', event_id, order_id,
       (select organisation_id from events where events.id = event_id), 100, 'EUR', 'fraudulent', now(), now()
     from tickets where id = $1`,
    [app.signer.verify(code)?.ticketId, app.newId('dispute')],
  );
}

/** A ticket of an event of its own, with its code. */
async function doorTicket({ world, cast }: Stage): Promise<{ eventId: string; code: string }> {
  const event = await world.event({ organiser: cast.house, priceMinor: 0 });
  const { tickets } = await buy(world, await world.guest(), event);
  return { eventId: event.id, code: tickets[0]?.code ?? '' };
}

const link = ({ world }: Stage) => ({
  label: 'North gate',
  gate: 'North',
  seesNames: true,
  expiresAt: new Date(world.clock.now().getTime() + hours(12)).toISOString(),
});

async function madeLink(
  stage: Stage,
  eventId = stage.cast.params.eventId,
): Promise<{ id: string; secret: string }> {
  const path = `/api/events/${eventId}/door-links`;
  const made = await stage.cast.house.client.post(path, link(stage));
  if (made.status !== 201) throw new Error(`no door link: ${JSON.stringify(made.body)}`);
  return { id: made.body.link.id, secret: made.body.url.split('#')[1] };
}

async function openedLink(stage: Stage, eventId?: string) {
  const { secret } = await madeLink(stage, eventId);
  const opened = await stage.world.client().post('/api/door-devices', { secret, name: 'Ben’s phone' });
  if (opened.status !== 201) throw new Error(`not opened: ${JSON.stringify(opened.body)}`);
  return opened.body;
}
