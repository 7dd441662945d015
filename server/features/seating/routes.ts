import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/seating.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { getSeatMap } from './get-seat-map.ts';

export function seatingRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.getSeatMap, getSeatMap);
}
