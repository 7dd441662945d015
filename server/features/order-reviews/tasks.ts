import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { endOrderReviews } from './end-order-reviews.ts';
import { scoreEarlierOrders } from './score-earlier-orders.ts';
import { scoreOrders } from './score-orders.ts';
import { refundReviewed } from './settle-order-review.ts';
import { tellTeam } from './tell-team.ts';

export const orderReviewsTasks = (app: App): TaskHandlers => ({
  'score-orders': (payload) => scoreOrders(app, payload),
  'score-earlier-orders': (payload) => scoreEarlierOrders(app, payload),
  'refund-reviewed-order': (payload) => refundReviewed(app, payload),
  'end-order-reviews': () => endOrderReviews(app),
  'tell-order-reviews': (payload) => tellTeam(app, payload),
});
