import type { FastifyInstance } from 'fastify';
import * as operations from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { cancelOrder } from './cancel-order.ts';
import { getOrder } from './get-order.ts';
import { listOrders } from './list-orders.ts';
import { placeOrder } from './place-order.ts';

export function purchasesRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, operations.placeOrder, placeOrder);
  bind(http, app, operations.listOrders, listOrders);
  bind(http, app, operations.getOrder, getOrder);
  bind(http, app, operations.cancelOrder, cancelOrder);
}
