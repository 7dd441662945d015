import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { expireGiftCards } from './expire-gift-cards.ts';

export const giftCardTasks = (app: App): TaskHandlers => ({
  'expire-gift-cards': () => expireGiftCards(app),
});
