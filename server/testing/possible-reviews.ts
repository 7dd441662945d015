import { buyAtOnce, reviewed } from '../features/order-reviews/testing/held-order.ts';
import type { Cast } from './cast.ts';
import type { World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
}

/** An order of the house that waits for a look at it. */
async function heldOrder({ world, cast }: Stage) {
  const event = await world.event({ organiser: cast.house, fields: reviewed });
  return { params: { orderId: await buyAtOnce(world, cast.people.holder, event) } };
}

/** For possible.ts: what the operations about reviews of orders need. */
export const reviewPreparations = {
  decideOrderReview: heldOrder,
  getOrderReview: heldOrder,
  appealOrderReview: heldOrder,
};
