/** The places of an event in virtual time: holds, sales, and orders that are refunded as orders of one of many accounts. */
import { scoreOrder } from '../order-reviews/score-order.ts';
import { type Person, type Plan, usualTerms } from './plan.ts';
import { verdictOf } from './verdict.ts';

interface Hold {
  n: number;
  quantity: number;
  endsMs: number;
  state: 'held' | 'sold' | 'ended';
}

interface Suspect {
  person: Person;
  reasons: ReturnType<typeof scoreOrder>['reasons'];
  atMs: number;
}

export interface VirtualPlaces {
  hold(n: number, quantity: number, nowMs: number): { code: string | null; available: number };
  release(n: number): void;
  /** False if the hold is over, or the card has bought as much as it may. */
  buy(person: Person, secondsToOrder: number, nowMs: number): boolean;
  appeal(n: number): void;
  /** Ends holds whose time is over. Returns their owners. */
  expire(nowMs: number): number[];
  /** The team decides. Returns how many tickets come back. */
  review(nowMs: number): number;
  left(): number;
  held(): number;
  sold(): number;
  /** How many holds are active. */
  paying(): number;
  tickets(): { honest: number; bots: number };
}

export function createVirtualPlaces(plan: Plan): VirtualPlaces {
  const terms = plan.terms ?? usualTerms;
  const holdMs = terms.holdSeconds * 1000;
  const holds = new Map<number, Hold>();
  const inOrder: Hold[] = [];
  let first = 0;
  let held = 0;
  let sold = 0;
  let paying = 0;
  const kept = { honest: 0, bots: 0 };
  const accountsOf = new Map<string, number>();
  const placesOfCard = new Map<string, number>();
  let suspects: Suspect[] = [];
  const appealed = new Set<number>();

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

  function reasonsOf({ card, address, isBot, pattern }: Person, secondsToOrder: number) {
    const seen = {
      accountsOfPattern: pattern === null ? 1 : more(`pattern ${pattern}`),
      accountsOfCard: isBot ? more(`card ${card}`) : 1,
      accountsOfBrowser: more(`browser ${address}`),
      accountsOfNetwork: more(`network ${address}`),
      secondsToOrder,
    };
    const { score: points, reasons } = scoreOrder(seen, terms.accountsPerNetwork);
    return terms.reviewFromScore !== null && points >= terms.reviewFromScore ? reasons : null;
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
    buy(person, secondsToOrder, nowMs) {
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
      const reasons = reasonsOf(person, secondsToOrder);
      if (reasons) suspects.push({ person, reasons, atMs: nowMs });
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
    appeal: (n) => void appealed.add(n),
    review(nowMs) {
      let back = 0;
      const waiting: Suspect[] = [];
      for (const suspect of suspects) {
        const { person, reasons, atMs } = suspect;
        const verdict = verdictOf(reasons, { appealed: appealed.has(person.n), ageMs: nowMs - atMs });
        if (verdict === 'wait') waiting.push(suspect);
        if (verdict !== 'refund') continue;
        const { quantity } = holds.get(person.n) as Hold;
        back += quantity;
        kept[person.isBot ? 'bots' : 'honest'] -= quantity;
        if (person.isBot) placesOfCard.set(person.card, (placesOfCard.get(person.card) ?? 0) - quantity);
      }
      suspects = waiting;
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
