import type { FastifyInstance } from 'fastify';
import * as reviews from '../../../contract/order-reviews.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { listAllOrderReviews, listOrderReviews } from './list-order-reviews.ts';
import { appealOrderReview, getOrderReview } from './own-review.ts';
import { settleOrderReview } from './settle-order-review.ts';

export function orderReviewsRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, reviews.listOrderReviews, listOrderReviews);
  bind(http, app, reviews.listAllOrderReviews, listAllOrderReviews);
  bind(http, app, reviews.decideOrderReview, settleOrderReview);
  bind(http, app, reviews.getOrderReview, getOrderReview);
  bind(http, app, reviews.appealOrderReview, appealOrderReview);
}
