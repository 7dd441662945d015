import type { FastifyInstance } from 'fastify';
import * as operations from '../../../contract/gift-cards.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { blockGiftCard } from './block-gift-card.ts';
import { checkGiftCard } from './check-gift-card.ts';
import { exportGiftCards } from './export-gift-cards.ts';
import { getGiftCard } from './get-gift-card.ts';
import { issueGiftCards } from './issue-gift-cards.ts';
import { listGiftCards } from './list-gift-cards.ts';

export function giftCardRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, operations.issueGiftCards, issueGiftCards);
  bind(http, app, operations.listGiftCards, listGiftCards);
  bind(http, app, operations.getGiftCard, getGiftCard);
  bind(http, app, operations.blockGiftCard, blockGiftCard);
  bind(http, app, operations.exportGiftCards, exportGiftCards);
  bind(http, app, operations.checkGiftCard, checkGiftCard);
}
