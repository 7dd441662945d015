import type { FastifyInstance } from 'fastify';
import * as discovery from '../../../contract/discovery.ts';
import * as contract from '../../../contract/events.ts';
import * as seating from '../../../contract/seating.ts';
import type { App } from '../../app.ts';
import { bind, Raw } from '../../http/bind.ts';
import { createEvent } from './create-event.ts';
import { findTimeZone } from './find-time-zone.ts';
import { getEvent } from './get-event.ts';
import { getEventCalendar } from './get-event-calendar.ts';
import { getEventFilters } from './get-event-filters.ts';
import { getManagedEvent } from './get-managed-event.ts';
import { getOrganiser } from './get-organiser.ts';
import { getSeatLayout } from './get-seat-layout.ts';
import { getSeatMap } from './get-seat-map.ts';
import { listEvents } from './list-events.ts';
import { listOrganisationEvents } from './list-organisation-events.ts';
import { listSimilarEvents } from './list-similar-events.ts';
import { listTrendingEvents } from './list-trending-events.ts';
import { noteEventView } from './note-event-view.ts';
import { publishEvent } from './publish-event.ts';
import { recommendEvents } from './recommend-events.ts';
import { unpublishEvent } from './unpublish-event.ts';
import { updateEvent } from './update-event.ts';

export function catalogRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.listEvents, listEvents);
  bind(http, app, contract.getEvent, getEvent);
  bind(http, app, seating.getSeatMap, getSeatMap);
  bind(http, app, seating.getSeatLayout, getSeatLayout);
  bind(http, app, discovery.getEventFilters, getEventFilters);
  bind(http, app, discovery.findTimeZone, findTimeZone);
  bind(http, app, discovery.listTrendingEvents, listTrendingEvents);
  bind(http, app, discovery.listSimilarEvents, listSimilarEvents);
  bind(http, app, discovery.recommendEvents, recommendEvents);
  bind(http, app, discovery.noteEventView, noteEventView);
  bind(http, app, discovery.getEventCalendar, getEventCalendar);
  bind(http, app, discovery.getOrganiser, getOrganiser);
  bind(http, app, contract.createEvent, withETag(createEvent));
  bind(http, app, contract.getManagedEvent, withETag(getManagedEvent));
  bind(http, app, contract.updateEvent, withETag(updateEvent));
  bind(http, app, contract.publishEvent, withETag(publishEvent));
  bind(http, app, contract.unpublishEvent, withETag(unpublishEvent));
  bind(http, app, contract.listOrganisationEvents, listOrganisationEvents);
}

type Answering<C> = (app: App, call: C) => Promise<contract.ManagedEvent>;

/**
 * Puts the event's version into the ETag header too, where HTTP clients look for the If-Match value. The sale's
 * status depends on the time and not on the version, so there is no 304 here.
 */
const withETag =
  <C>(command: Answering<C>) =>
  async (app: App, call: C): Promise<Raw> => {
    const event = await command(app, call);
    const headers = { 'content-type': 'application/json; charset=utf-8', etag: `"${event.version}"` };
    return new Raw(JSON.stringify(event), headers);
  };
