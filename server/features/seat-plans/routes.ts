import type { FastifyInstance } from 'fastify';
import * as plans from '../../../contract/seat-plans.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { withVersion } from '../../http/with-version.ts';
import { applySeatPlan } from './apply-seat-plan.ts';
import { getEventSeatPlan, saveEventSeatPlan } from './event-plan.ts';
import { getTakenSeats } from './get-taken-seats.ts';
import {
  createLibraryPlan,
  deleteLibraryPlan,
  getLibraryPlan,
  listLibraryPlans,
  saveLibraryPlan,
} from './library.ts';
import { previewSeatPlan } from './preview-seat-plan.ts';

export function seatPlansRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, plans.getEventSeatPlan, withVersion(getEventSeatPlan));
  bind(http, app, plans.saveEventSeatPlan, withVersion(saveEventSeatPlan));
  bind(http, app, plans.previewSeatPlan, previewSeatPlan);
  bind(http, app, plans.applySeatPlan, withVersion(applySeatPlan));
  bind(http, app, plans.getTakenSeats, getTakenSeats);
  bind(http, app, plans.listLibraryPlans, listLibraryPlans);
  bind(http, app, plans.getLibraryPlan, withVersion(getLibraryPlan));
  bind(http, app, plans.createLibraryPlan, withVersion(createLibraryPlan));
  bind(http, app, plans.saveLibraryPlan, withVersion(saveLibraryPlan));
  bind(http, app, plans.deleteLibraryPlan, deleteLibraryPlan);
}
