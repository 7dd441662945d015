import { buy } from '../features/tickets/testing/buy.ts';
import { sign } from '../http/signature.ts';
import type { Cast } from './cast.ts';
import { mailWebhookSecret, type World } from './world.ts';

let buyers = 0;
const oneText = [{ language: 'en', subject: 'Doors open earlier', text: 'The doors open at 18:00.' }];

/** For possible.ts: what the operations of messages need. */
export const messagePreparations = {
  resendEventMessage: failedMessage,
  sendBroadcast: soldEvent,
  previewBroadcast: async () => ({ body: { about: 'event', texts: oneText } }),
  testBroadcast: async () => ({ body: { about: 'event', texts: oneText } }),
  withdrawBroadcast: plannedBroadcast,
  deletePushSubscription: async () => ({ query: { endpoint: 'https://push.example/send/one' } }),
  unsubscribe: async ({ world }: { world: World }) => {
    const { userId } = await world.user();
    const secret = world.app.unsubscribeLinks.pathOf(userId, 'reminders').split('/').at(-1) ?? '';
    return { params: { userId, list: 'reminders', secret } };
  },
  leaveExportSchedule: async ({ world }: { world: World }) => {
    const { userId } = await world.user();
    const scheduleId = world.app.newId('exportSchedule');
    const secret = world.app.unsubscribeLinks.pathOf(userId, scheduleId).split('/').at(-1) ?? '';
    return { params: { userId, scheduleId, secret } };
  },
  receiveMailBounce: async ({ world }: { world: World }) => {
    const body = { recipient: 'nobody@possible.example', reason: '550 no such mailbox' };
    const signature = sign(JSON.stringify(body), mailWebhookSecret, world.clock.now());
    return { body, headers: { 'admit-signature': signature } };
  },
};

/** A mail about an order of the cast's organisation that was refused for good. */
async function failedMessage({ world, cast }: { world: World; cast: Cast }) {
  const event = await world.event({ organiser: cast.house });
  const buyer = { name: 'Ada Osei', email: `failed-${++buyers}@possible.example` };
  await buy(world, cast.people.holder, event, { buyer });
  await world.app.db.run(
    `update deliveries set state = 'failed', error = '550 no such mailbox', sent_at = null where event_id = $1`,
    [event.id],
  );
  const { body } = await cast.house.client.get(`/api/events/${event.id}/messages`);
  return { params: { eventId: event.id, messageId: body.items[0].id as string } };
}

/** An event of the cast's organisation for which somebody has a ticket. */
async function soldEvent({ world, cast }: { world: World; cast: Cast }) {
  const event = await world.event({ organiser: cast.house, priceMinor: 0 });
  const buyer = { name: 'Ada Osei', email: `reader-${++buyers}@possible.example` };
  await buy(world, cast.people.holder, event, { buyer });
  return { params: { eventId: event.id } };
}

/** A message to attendees of the cast's organisation that is not sent yet. */
async function plannedBroadcast({ world, cast }: { world: World; cast: Cast }) {
  const event = await world.event({ organiser: cast.house });
  const sendAt = new Date(world.clock.now().getTime() + 3_600_000).toISOString();
  const body = { about: 'event', texts: oneText, sendAt };
  const planned = await cast.house.client.post(`/api/events/${event.id}/broadcasts`, body);
  return { params: { eventId: event.id, broadcastId: planned.body.id as string } };
}
