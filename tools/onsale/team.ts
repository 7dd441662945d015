/** The organiser's team during the run: it looks at the orders that wait for a look, and decides by a stated rule. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { OrderReview } from '../../contract/order-reviews.ts';
import { verdictOf } from '../../server/features/rehearsals/verdict.ts';
import type { OwnShop } from './own-shop.ts';
import type { Requests } from './requests.ts';

export interface Decided {
  confirmed: string[];
  refunded: string[];
}

const lookEveryMs = 5000;
const mostTries = 20;
export function startTeam(of: { shop: OwnShop; requests: Requests; speed: number }) {
  const { shop, requests, speed } = of;
  const decided: Decided = { confirmed: [], refunded: [] };
  let isOpen = true;
  const headers = { cookie: shop.team };

  /** Looks at all open reviews once, and decides those that are due. */
  async function look(): Promise<void> {
    for (let cursor = ''; ; ) {
      const path = `/api/organisations/${shop.organisationId}/order-reviews?limit=100${cursor}`;
      const { status, body } = await requests.send({ method: 'GET', path, headers });
      if (status !== 200) return;
      await Promise.all((body.items as OrderReview[]).map(decide));
      if (body.nextCursor === null) return;
      cursor = `&cursor=${body.nextCursor}`;
    }
  }

  async function decide({ order, reasons, appeal, openedAt }: OrderReview): Promise<void> {
    const ageMs = shop.fromMs + shop.nowMs() - new Date(openedAt).getTime();
    const action = verdictOf(reasons, { appealed: appeal !== null, ageMs });
    if (action === 'wait') return;
    const decision = {
      method: 'POST',
      path: `/api/orders/${order.id}/review/decision`,
      headers: { ...headers, 'idempotency-key': randomUUID() },
      body: { action, ...(action === 'refund' && { reason: 'Many accounts of one buyer' }) },
    };
    let { status } = await requests.send(decision);
    // Without an answer, or with a 503, the decision may have been made. The same key tells.
    for (let tries = 1; (status === 0 || status === 503) && tries < mostTries; tries++) {
      await wait(1000 / speed);
      status = (await requests.send(decision)).status;
    }
    if (status === 200) decided[action === 'refund' ? 'refunded' : 'confirmed'].push(order.id);
  }

  const working = (async () => {
    while (isOpen) {
      await look();
      await wait(Math.max(20, lookEveryMs / speed));
    }
  })();

  return {
    decided,
    async stop() {
      isOpen = false;
      await working;
    },
  };
}
