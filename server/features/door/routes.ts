import type { FastifyInstance } from 'fastify';
import * as checkIns from '../../../contract/check-ins.ts';
import { getDoorManifest as manifest } from '../../../contract/door-manifests.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { checkIn } from './check-in.ts';
import { checkInBatch } from './check-in-batch.ts';
import { getDoorCounts } from './get-door-counts.ts';
import { getDoorManifest } from './get-door-manifest.ts';

export function doorRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, checkIns.checkIn, checkIn);
  bind(http, app, checkIns.checkInBatch, checkInBatch);
  bind(http, app, checkIns.getDoorCounts, getDoorCounts);
  bind(http, app, manifest, getDoorManifest);
}
