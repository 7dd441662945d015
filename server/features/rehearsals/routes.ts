import type { FastifyInstance } from 'fastify';
import * as rehearsals from '../../../contract/rehearsals.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { listRehearsals, rehearseSale } from './rehearse-sale.ts';

export function rehearsalsRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, rehearsals.rehearseSale, rehearseSale);
  bind(http, app, rehearsals.listRehearsals, listRehearsals);
}
