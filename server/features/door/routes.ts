import type { FastifyInstance } from 'fastify';
import * as checkIns from '../../../contract/check-ins.ts';
import * as doorConflicts from '../../../contract/door-conflicts.ts';
import { getDoorManifest as manifest } from '../../../contract/door-manifests.ts';
import * as doorSettings from '../../../contract/door-settings.ts';
import * as doorTickets from '../../../contract/door-tickets.ts';
import { getTicketScans as ticketScans } from '../../../contract/ticket-scans.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { withVersion } from '../../http/with-version.ts';
import { checkIn } from './check-in.ts';
import { checkInBatch } from './check-in-batch.ts';
import { checkInGroup } from './check-in-group.ts';
import { getDoorSettings, putDoorSettings } from './door-settings.ts';
import { findDoorTickets } from './find-door-tickets.ts';
import { getDoorCounts } from './get-door-counts.ts';
import { getDoorManifest } from './get-door-manifest.ts';
import { getDoorTimeline } from './get-door-timeline.ts';
import { getTicketScans } from './get-ticket-scans.ts';
import { listDoorConflicts } from './list-door-conflicts.ts';
import { resolveDoorConflict } from './resolve-door-conflict.ts';
import { undoCheckIn, undoDeviceScans } from './undo-check-in.ts';

export function doorRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, checkIns.checkIn, checkIn);
  bind(http, app, checkIns.checkInBatch, checkInBatch);
  bind(http, app, checkIns.getDoorCounts, getDoorCounts);
  bind(http, app, checkIns.getDoorTimeline, getDoorTimeline);
  bind(http, app, manifest, getDoorManifest);
  bind(http, app, doorSettings.getDoorSettings, withVersion(getDoorSettings));
  bind(http, app, doorSettings.putDoorSettings, withVersion(putDoorSettings));
  bind(http, app, doorTickets.findDoorTickets, findDoorTickets);
  bind(http, app, doorTickets.checkInGroup, checkInGroup);
  bind(http, app, ticketScans, getTicketScans);
  bind(http, app, doorConflicts.undoCheckIn, undoCheckIn);
  bind(http, app, doorConflicts.undoDeviceScans, undoDeviceScans);
  bind(http, app, doorConflicts.listDoorConflicts, listDoorConflicts);
  bind(http, app, doorConflicts.resolveDoorConflict, resolveDoorConflict);
}
