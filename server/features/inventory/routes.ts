import type { FastifyInstance } from 'fastify';
import * as blocks from '../../../contract/blocks.ts';
import * as operations from '../../../contract/holds.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { blockPlaces } from './block-places.ts';
import { changePlaces } from './change-places.ts';
import { getAvailability } from './get-availability.ts';
import { getHold } from './get-hold.ts';
import { listBlocks } from './list-blocks.ts';
import { listOwnHolds } from './list-own-holds.ts';
import { placeHold } from './place-hold.ts';
import { redeemPromoCode, removePromoCode } from './redeem-promo-code.ts';
import { releaseBlock } from './release-block.ts';
import { releaseHold } from './release-hold.ts';

export function inventoryRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, operations.placeHold, placeHold);
  bind(http, app, operations.listOwnHolds, listOwnHolds);
  bind(http, app, operations.getHold, getHold);
  bind(http, app, operations.releaseHold, releaseHold);
  bind(http, app, operations.changePlaces, changePlaces);
  bind(http, app, operations.redeemPromoCode, redeemPromoCode);
  bind(http, app, operations.removePromoCode, removePromoCode);
  bind(http, app, operations.getAvailability, getAvailability);
  bind(http, app, blocks.blockPlaces, blockPlaces);
  bind(http, app, blocks.listBlocks, listBlocks);
  bind(http, app, blocks.releaseBlock, releaseBlock);
}
