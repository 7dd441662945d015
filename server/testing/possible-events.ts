import type { Cast } from './cast.ts';
import { days } from './clock.ts';
import type { World } from './world.ts';

/* Events of the cast's organisation in each state, for operations on events. */
interface Stage {
  world: World;
  cast: Cast;
}

const draft = async ({ world, cast }: Stage) => {
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

/** A draft that is to be published by itself. */
const scheduled = async (stage: Stage) => {
  const { params, version } = await draft(stage);
  const at = new Date(stage.world.clock.now().getTime() + days(2)).toISOString();
  const path = `/api/events/${params.eventId}/scheduled-publication`;
  const { body } = await stage.cast.house.client.put(path, { at }, { 'if-match': `"${version}"` });
  return { params, version: body.version as number };
};

const offSale = async (stage: Stage) => {
  const { params, version } = await published(stage);
  const path = `/api/events/${params.eventId}/sale-stop`;
  const { body } = await stage.cast.house.client.put(path, undefined, { 'if-match': `"${version}"` });
  return { params, version: body.version as number };
};

const archived = async (stage: Stage) => {
  const { params, version } = await draft(stage);
  const path = `/api/events/${params.eventId}/archive`;
  const { body } = await stage.cast.house.client.put(path, undefined, { 'if-match': `"${version}"` });
  return { params, version: body.version as number };
};

/** A valid preview link of a draft, and its secret. */
const previewLink = async (stage: Stage) => {
  const { params } = await draft(stage);
  const made = await stage.cast.house.client.post(`/api/events/${params.eventId}/preview-links`, {});
  const secret = String(made.body.url).split('#')[1];
  return { params: { ...params, previewLinkId: made.body.link.id as string }, body: { secret } };
};

/** For possible.ts: what the operations on whole events need. */
export const eventPreparations = {
  publishEvent: draft,
  unpublishEvent: published,
  schedulePublication: async (stage: Stage) => ({
    ...(await draft(stage)),
    body: { at: new Date(stage.world.clock.now().getTime() + days(2)).toISOString() },
  }),
  unschedulePublication: scheduled,
  stopSale: published,
  resumeSale: offSale,
  archiveEvent: draft,
  unarchiveEvent: archived,
  deleteEvent: draft,
  copyEvent: draft,
  previewDates: draft,
  /** One new date of an event that has a series already. */
  makeDates: async ({ world, cast }: Stage) => {
    const event = await world.event({
      organiser: cast.house,
      publish: false,
      // A series of its own: a date that exists in it is not made again.
      fields: { run: `Series ${world.app.newId('event')}` },
    });
    return { params: { eventId: event.id }, body: { rule: 'FREQ=DAILY;COUNT=2' } };
  },
  makePreviewLink: draft,
  revokePreviewLink: async (stage: Stage) => ({ params: (await previewLink(stage)).params }),
  previewEvent: previewLink,
  cancelEvent: published,
  updateEvent: draft,
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
