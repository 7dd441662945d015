import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/dashboard.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { getEventDashboard } from './get-event-dashboard.ts';
import { getOrganisationDashboard } from './get-organisation-dashboard.ts';
import { getSeatFigures } from './get-seat-figures.ts';

export function dashboardRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.getEventDashboard, getEventDashboard);
  bind(http, app, contract.getSeatFigures, getSeatFigures);
  bind(http, app, contract.getOrganisationDashboard, getOrganisationDashboard);
}
