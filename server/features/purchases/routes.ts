import type { FastifyInstance } from 'fastify';
import * as links from '../../../contract/order-links.ts';
import * as operations from '../../../contract/orders.ts';
import * as organiser from '../../../contract/organiser-orders.ts';
import * as refunds from '../../../contract/refunds.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { cancelOrder } from './cancel-order.ts';
import { correctAddress } from './correct-address.ts';
import { findOrders } from './find-orders.ts';
import { getBooks } from './get-books.ts';
import { getOrder } from './get-order.ts';
import { listOrderRefunds } from './list-order-refunds.ts';
import { listOrders } from './list-orders.ts';
import { mailOrderLink } from './mail-order-link.ts';
import { openOrder } from './open-order.ts';
import { placeOrder } from './place-order.ts';
import { quoteCancellation } from './quote-cancellation.ts';
import { refundOrder } from './refund-order.ts';
import { replaceOrderLinks } from './replace-order-links.ts';

export function purchasesRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, operations.placeOrder, placeOrder);
  bind(http, app, operations.listOrders, listOrders);
  bind(http, app, operations.getOrder, getOrder);
  bind(http, app, operations.cancelOrder, cancelOrder);
  bind(http, app, refunds.refundOrder, refundOrder);
  bind(http, app, refunds.listOrderRefunds, listOrderRefunds);
  bind(http, app, organiser.findOrders, findOrders);
  bind(http, app, organiser.getBooks, getBooks);
  bind(http, app, operations.quoteCancellation, quoteCancellation);
  bind(http, app, links.openOrder, openOrder);
  bind(http, app, links.mailOrderLink, mailOrderLink);
  bind(http, app, links.correctOrderAddress, correctAddress);
  bind(http, app, links.replaceOrderLinks, replaceOrderLinks);
}
