import type { FastifyInstance } from 'fastify';
import { stripeWebhook } from '../../../contract/payments.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http.ts';
import { receiveWebhook } from './receive-webhook.ts';

export function paymentsRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, stripeWebhook, receiveWebhook);
}
