import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/organisation-page.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { withVersion } from '../../http/with-version.ts';
import { getOrganisationPage, putOrganisationPage } from './organisation-page.ts';

export function brandingRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.getOrganisationPage, withVersion(getOrganisationPage));
  bind(http, app, contract.putOrganisationPage, withVersion(putOrganisationPage));
}
