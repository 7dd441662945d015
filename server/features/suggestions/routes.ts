import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/suggestions.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { suggestEvent } from './suggest-event.ts';

export function suggestionsRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.suggestEvent, suggestEvent);
}
