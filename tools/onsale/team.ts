/** The organiser's team during the run: it looks at the orders that wait for a look, and decides by a stated rule. */
import { setTimeout as wait } from 'node:timers/promises';
import type { OrderReview } from '../../contract/order-reviews.ts';
import type { Shop } from './own-shop.ts';
import type { Requests } from './requests.ts';

export interface Decided {
  confirmed: string[];
  refunded: string[];
}

/** What many accounts share, besides being fast. A household shares one of these, a scalper two. */
const sharedSignals = new Set(['shared_card', 'shared_network', 'shared_browser', 'address_pattern']);
const lookEveryMs = 5000;

/** The rule of the team: such an order is refunded. */
export const isOneOfMany = (reasons: OrderReview['reasons']): boolean =>
  reasons.filter(({ signal }) => sharedSignals.has(signal)).length >= 2;

export function startTeam(of: { shop: Shop; requests: Requests; speed: number }) {
  const { shop, requests, speed } = of;
  const decided: Decided = { confirmed: [], refunded: [] };
  let isOpen = true;
  const headers = { cookie: shop.team };

  /** Decides the orders of one page. Returns how many there were. */
  async function look(): Promise<number> {
    const path = `/api/organisations/${shop.organisationId}/order-reviews?limit=100`;
    const { status, body } = await requests.send({ method: 'GET', path, headers });
    if (status !== 200) return 0;
    const reviews = body.items as OrderReview[];
    for (const review of reviews) {
      const action = isOneOfMany(review.reasons) ? 'refund' : 'confirm';
      const answer = await requests.send({
        method: 'POST',
        path: `/api/orders/${review.order.id}/review/decision`,
        headers,
        body: { action, ...(action === 'refund' && { reason: 'Many accounts of one buyer' }) },
      });
      if (answer.status === 200)
        decided[action === 'refund' ? 'refunded' : 'confirmed'].push(review.order.id);
    }
    return reviews.length;
  }

  const working = (async () => {
    while (isOpen) {
      if ((await look()) < 100) await wait(Math.max(20, lookEveryMs / speed));
    }
  })();

  return {
    decided,
    look,
    async stop() {
      isOpen = false;
      await working;
    },
  };
}
