import type { FastifyInstance } from 'fastify';
import * as operations from '../../../contract/waitlist.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { joinWaitlist } from './join-waitlist.ts';
import { leaveWaitlist } from './leave-waitlist.ts';
import { listEntries } from './list-entries.ts';
import { listOwnEntries } from './list-own-entries.ts';
import { listWaitlist } from './list-waitlist.ts';
import { openOffer } from './open-offer.ts';

export function waitlistRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, operations.joinWaitlist, joinWaitlist);
  bind(http, app, operations.getMyWaitlist, (_, { caller, params }) =>
    listEntries(app, caller.userId, params.eventId),
  );
  bind(http, app, operations.listMyWaitlistEntries, listOwnEntries);
  bind(http, app, operations.leaveWaitlist, leaveWaitlist);
  bind(http, app, operations.openOffer, openOffer);
  bind(http, app, operations.listWaitlist, listWaitlist);
}
