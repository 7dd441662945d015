import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/pay-ways.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { withVersion } from '../../http/with-version.ts';
import { listPayWays } from './list-ways.ts';
import {
  getEventPayWays,
  getOrganisationPayWays,
  putEventPayWays,
  putOrganisationPayWays,
} from './put-ways.ts';

export function payWaysRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.getOrganisationPayWays, withVersion(getOrganisationPayWays));
  bind(http, app, contract.putOrganisationPayWays, withVersion(putOrganisationPayWays));
  bind(http, app, contract.getEventPayWays, withVersion(getEventPayWays));
  bind(http, app, contract.putEventPayWays, withVersion(putEventPayWays));
  bind(http, app, contract.listPayWays, listPayWays);
}
