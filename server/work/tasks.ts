import type { App } from '../app.ts';
import { auditBooks } from '../audit/recount.ts';
import { accountsTasks } from '../features/accounts/tasks.ts';
import { bankTransfersTasks } from '../features/bank-transfers/tasks.ts';
import { catalogTasks } from '../features/catalog/tasks.ts';
import { dashboardTasks } from '../features/dashboard/tasks.ts';
import { datePassesTasks } from '../features/date-passes/tasks.ts';
import { documentsTasks } from '../features/documents/tasks.ts';
import { eventChangesTasks } from '../features/event-changes/tasks.ts';
import { exportsTasks } from '../features/exports/tasks.ts';
import { giftCardTasks } from '../features/gift-card-desk/tasks.ts';
import { inventoryTasks } from '../features/inventory/tasks.ts';
import { moderationTasks } from '../features/moderation/tasks.ts';
import { notificationsTasks } from '../features/notifications/tasks.ts';
import { orderReviewsTasks } from '../features/order-reviews/tasks.ts';
import { passesTasks } from '../features/passes/tasks.ts';
import { paymentsTasks } from '../features/payments/tasks.ts';
import { payoutsTasks } from '../features/payouts/tasks.ts';
import { picturesTasks } from '../features/pictures/tasks.ts';
import { rehearsalsTasks } from '../features/rehearsals/tasks.ts';
import { transfersTasks } from '../features/transfers/tasks.ts';
import { forgetOld } from './forget-old.ts';
import type { TaskHandlers } from './jobs.ts';

/** Every job that a worker knows how to do. */
export const allTasks = (app: App): TaskHandlers => ({
  'forget-old': () => forgetOld(app),
  'audit-books': () => auditBooks(app),
  ...accountsTasks(app),
  ...bankTransfersTasks(app),
  ...catalogTasks(app),
  ...dashboardTasks(app),
  ...datePassesTasks(app),
  ...documentsTasks(app),
  ...eventChangesTasks(app),
  ...exportsTasks(app),
  ...giftCardTasks(app),
  ...inventoryTasks(app),
  ...moderationTasks(app),
  ...notificationsTasks(app),
  ...orderReviewsTasks(app),
  ...passesTasks(app),
  ...paymentsTasks(app),
  ...payoutsTasks(app),
  ...picturesTasks(app),
  ...rehearsalsTasks(app),
  ...transfersTasks(app),
});
