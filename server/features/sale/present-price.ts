import type { PoolId } from '../../../contract/ids.ts';
import { sellsAt } from '../../../contract/price-steps.ts';
import type { StoredStep, TicketTypeRow } from './ticket-types.ts';

/** The counts of the pools by which the steps of an event are counted. */
type StepPools = ReadonlyMap<PoolId, { capacity: number; held: number; sold: number }>;

type Priced = Pick<TicketTypeRow, 'price_minor' | 'price_steps'>;

/** Decision: the step whose price the next ticket of a type has at `now`; null if it has the price of the type. */
function stepNow(
  { price_steps }: Pick<Priced, 'price_steps'>,
  pools: StepPools,
  now: Date,
): StoredStep | null {
  const isSelling = ({ until, places, poolId }: StoredStep): boolean => {
    const pool = pools.get(poolId);
    const left = pool ? pool.capacity - pool.held - pool.sold : 0;
    return sellsAt({ until, left: places === null ? null : left }, now.getTime());
  };
  return price_steps?.find(isSelling) ?? null;
}

/** What the next ticket of a type costs at `now`, with tax and booking fee. */
export const presentPrice = (type: Priced, pools: StepPools, now: Date): number =>
  stepNow(type, pools, now)?.wholeMinor ?? type.price_minor;

/** The lowest price at which a ticket of a type can be had now. SQL's present_price() is the same. */
export const lowestPrice = (
  type: Priced & Pick<TicketTypeRow, 'pay_what_you_want'>,
  pools: StepPools,
  now: Date,
): number => type.pay_what_you_want?.wholeMinor ?? presentPrice(type, pools, now);

/** Names the prices that are in force, for a cache of what shows them. Empty for an event without price steps. */
export function priceState(types: TicketTypeRow[], poolsOf: () => StepPools, now: Date): string {
  const stepped = types.filter(({ price_steps }) => price_steps);
  if (stepped.length === 0) return '';
  const pools = poolsOf();
  return stepped.map((type) => `-${stepNow(type, pools, now)?.id.slice(-6) ?? ''}`).join('');
}
