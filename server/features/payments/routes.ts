import type { FastifyInstance } from 'fastify';
import * as disputes from '../../../contract/disputes.ts';
import * as moneyReviews from '../../../contract/money-reviews.ts';
import { stripeWebhook } from '../../../contract/payments.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { listDisputes } from './list-disputes.ts';
import { listMoneyReviews } from './list-money-reviews.ts';
import { receiveWebhook } from './receive-webhook.ts';
import { settleMoneyReview } from './settle-money-review.ts';

export function paymentsRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, stripeWebhook, receiveWebhook);
  bind(http, app, disputes.listDisputes, listDisputes);
  bind(http, app, moneyReviews.listMoneyReviews, listMoneyReviews);
  bind(http, app, moneyReviews.settleMoneyReview, settleMoneyReview);
}
