import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/passes.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { withVersion } from '../../http/with-version.ts';
import { createPass } from './create-pass.ts';
import { setPassPlaces } from './set-pass-places.ts';
import { getManagedPass, getPass } from './show-pass.ts';

export function datePassesRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.createPass, withVersion(createPass));
  bind(http, app, contract.setPassPlaces, setPassPlaces);
  bind(http, app, contract.getManagedPass, getManagedPass);
  bind(http, app, contract.getPass, getPass);
}
