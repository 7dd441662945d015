import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/platform-desk.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { endAccountSessions } from '../accounts/end-account-sessions.ts';
import { listOrganisations, listPlatformEvents, listPlatformOrders, listUsers } from './list-platform.ts';
import { verifyOrganisation } from './verify-organisation.ts';

export function platformDeskRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.listUsers, listUsers);
  bind(http, app, contract.listOrganisations, listOrganisations);
  bind(http, app, contract.listPlatformEvents, listPlatformEvents);
  bind(http, app, contract.listPlatformOrders, listPlatformOrders);
  bind(http, app, contract.endUserSessions, endAccountSessions);
  bind(http, app, contract.verifyOrganisation, verifyOrganisation);
}
