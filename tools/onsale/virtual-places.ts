/** The places of an event in virtual time: holds, sales, and orders that are refunded as orders of one of many accounts. */
import { scoreOrder } from '../../server/features/order-reviews/score-order.ts';
import { terms } from './own-shop.ts';
import type { Person, Plan } from './plan.ts';
import { isOneOfMany } from './team.ts';

interface Hold {
  n: number;
  quantity: number;
  endsMs: number;
  state: 'held' | 'sold' | 'ended';
}

export interface VirtualPlaces {
  hold(n: number, quantity: number, nowMs: number): { code: string | null; available: number };
  release(n: number): void;
  /** False if the hold is over, or the card has bought as much as it may. */
  buy(person: Person, secondsToOrder: number): boolean;
  /** Ends holds whose time is over. Returns their owners. */
  expire(nowMs: number): number[];
  /** The team decides. Returns how many tickets come back. */
  review(): number;
  left(): number;
  held(): number;
  sold(): number;
  /** How many holds are active. */
  paying(): number;
  tickets(): { honest: number; bots: number };
}

const holdMs = 600_000;

export function createVirtualPlaces(plan: Plan): VirtualPlaces {
  const holds = new Map<number, Hold>();
  const inOrder: Hold[] = [];
  let first = 0;
  let held = 0;
  let sold = 0;
  let paying = 0;
  const kept = { honest: 0, bots: 0 };
  const accountsOf = new Map<string, number>();
  const placesOfCard = new Map<string, number>();
  let suspects: Person[] = [];

  function end(hold: Hold): void {
    if (hold.state !== 'held') return;
    hold.state = 'ended';
    held -= hold.quantity;
    paying--;
  }

  const left = () => plan.seats - held - sold;
  const more = (name: string): number => {
    const count = (accountsOf.get(name) ?? 0) + 1;
    accountsOf.set(name, count);
    return count;
  };

  function score({ gang, card, address, isBot }: Person, secondsToOrder: number): boolean {
    const seen = {
      accountsOfPattern: isBot ? more(`pattern ${gang}`) : 1,
      accountsOfCard: isBot ? more(`card ${card}`) : 1,
      accountsOfBrowser: more(`browser ${address}`),
      accountsOfNetwork: more(`network ${address}`),
      secondsToOrder,
    };
    const { score: points, reasons } = scoreOrder(seen, terms.accountsPerNetwork);
    return points >= terms.reviewFromScore && isOneOfMany(reasons);
  }

  return {
    hold(n, quantity, nowMs) {
      if (left() < quantity) return { code: 'sold_out', available: left() };
      const hold: Hold = { n, quantity, endsMs: nowMs + holdMs, state: 'held' };
      holds.set(n, hold);
      inOrder.push(hold);
      held += quantity;
      paying++;
      return { code: null, available: left() };
    },
    release(n) {
      const hold = holds.get(n);
      if (hold) end(hold);
    },
    buy(person, secondsToOrder) {
      const hold = holds.get(person.n);
      if (hold?.state !== 'held') return false;
      const { quantity } = hold;
      if (person.isBot) {
        const places = placesOfCard.get(person.card) ?? 0;
        if (places + quantity > terms.maxPerBuyer) {
          end(hold);
          return false;
        }
        placesOfCard.set(person.card, places + quantity);
      }
      end(hold);
      hold.state = 'sold';
      sold += quantity;
      kept[person.isBot ? 'bots' : 'honest'] += quantity;
      if (score(person, secondsToOrder)) suspects.push(person);
      return true;
    },
    expire(nowMs) {
      const owners: number[] = [];
      for (; first < inOrder.length && (inOrder[first]?.endsMs ?? 0) <= nowMs; first++) {
        const hold = inOrder[first] as Hold;
        if (hold.state === 'held') owners.push(hold.n);
        end(hold);
      }
      return owners;
    },
    review() {
      let back = 0;
      for (const person of suspects) {
        const { quantity } = holds.get(person.n) as Hold;
        back += quantity;
        kept[person.isBot ? 'bots' : 'honest'] -= quantity;
        if (person.isBot) placesOfCard.set(person.card, (placesOfCard.get(person.card) ?? 0) - quantity);
      }
      suspects = [];
      sold -= back;
      return back;
    },
    left,
    held: () => held,
    sold: () => sold,
    paying: () => paying,
    tickets: () => ({ ...kept }),
  };
}
