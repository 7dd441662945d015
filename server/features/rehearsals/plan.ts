/** Who comes to a simulated on-sale, and when. Everything follows from the seed, so that a run can be repeated. */
import { createRandom, type Random } from '../../seeded-random.ts';

/** A simulated on-sale. Times are in milliseconds of the sale's own clock, from the moment when people begin to come. */
export interface Plan {
  people: number;
  /** The share of accounts that belong to scalpers, from 0 to 1. */
  bots: number;
  seats: number;
  seed: number;
  /** The opening of the queue: the order is drawn then, and the sale starts. */
  opensMs: number;
  /** Nobody new comes later than this after the opening. */
  lastArrivalMs: number;
  /** Whoever is still there then goes home. */
  endsMs: number;
  /** How many people a minute the organiser wishes to let in; null if Admit chooses. */
  peoplePerMinute: number | null;
  /** The event's own terms; left out for the usual ones. */
  terms?: SaleTerms;
}

/** What an order must score before the team looks at it (null: it looks at none), and how many tickets an account may buy. */
interface SaleTerms {
  reviewFromScore: number | null;
  maxPerBuyer: number;
  accountsPerNetwork: number;
  holdSeconds: number;
  windowSeconds: number;
}

export const usualTerms = {
  reviewFromScore: 50,
  maxPerBuyer: 4,
  accountsPerNetwork: 20,
  holdSeconds: 600,
  windowSeconds: 600,
} as const satisfies SaleTerms;

/** One account, and what its owner will do. */
export interface Person {
  n: number;
  isBot: boolean;
  /** The scalper who owns the account; -1 for honest people. */
  gang: number;
  arriveMs: number;
  email: string;
  /** What the address shares with others if one leaves out its numbers; null if it shares nothing. */
  pattern: string | null;
  address: string;
  agent: string;
  quantity: number;
  choosesSeats: boolean;
  /** From the turn until the first hold. */
  chooseMs: number;
  /** Typing name and address, and then the card. */
  typeMs: number;
  cardMs: number;
  card: string;
  mistypes: boolean;
  /** Changes their mind with places in the cart, or without. */
  dropsOut: 'no' | 'before holding' | 'in the cart';
  /** Says so to the shop when leaving, or only closes the page. */
  saysGoodbye: boolean;
  /** Waits so long at most. */
  patienceMs: number;
  reloadEveryMs: number;
  /** Without network: from when after the arrival, and for how long. */
  offline: { fromMs: number; forMs: number } | null;
}

/** What is assumed of people. The report prints it. */
export const assumptions = {
  comeBeforeOpening: 0.65,
  botsComeBeforeOpening: 0.9,
  accountsOfAScalper: 100,
  cardsOfAScalper: 6,
  networksOfAScalper: 4,
  ticketsPerBot: 4,
  chooseSeats: 0.3,
  mistypeTheCard: 0.05,
  dropOutBeforeHolding: 0.12,
  dropOutInTheCart: 0.08,
  sayGoodbye: 0.6,
  loseTheNetwork: 0.08,
  formsFilledByTheBrowser: 0.03,
  addressesOfAPattern: 0.02,
  meanChooseMs: 45_000,
  meanPatienceMs: 50 * 60_000,
  meanReloadMs: 5 * 60_000,
  accountsPerHousehold: 1.3,
} as const;

const minute = 60_000;

/** Makes the person with this number. Each has random numbers of their own, so a million people need no memory. */
export function personOf(plan: Plan, n: number): Person {
  const random = createRandom(Math.imul(plan.seed, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b));
  random.below(2);
  const bots = botsOf(plan);
  // Bots are spread evenly over the numbers, so that no part of the people is without them.
  const isBot = Math.floor(((n + 1) * bots) / plan.people) > Math.floor((n * bots) / plan.people);
  const person = isBot ? bot(plan, n, random, Math.floor((n * bots) / plan.people)) : honest(plan, n, random);
  const most = plan.terms?.maxPerBuyer ?? person.quantity;
  return most < person.quantity ? { ...person, quantity: most } : person;
}

export const botsOf = ({ people, bots }: Plan): number => Math.round(people * bots);

/** How many cards the scalpers have altogether. */
export const cardsOf = (plan: Plan): number =>
  Math.ceil(botsOf(plan) / assumptions.accountsOfAScalper) * assumptions.cardsOfAScalper;

function honest(plan: Plan, n: number, random: Random): Person {
  const isEarly = chance(random, assumptions.comeBeforeOpening);
  const gone = random.below(1000);
  const before = 1000 * assumptions.dropOutBeforeHolding;
  const inCart = before + 1000 * assumptions.dropOutInTheCart;
  const hasPattern = chance(random, assumptions.addressesOfAPattern);
  const household = Math.floor(n / assumptions.accountsPerHousehold);
  return {
    n,
    isBot: false,
    gang: -1,
    arriveMs: isEarly
      ? plan.opensMs - Math.min(plan.opensMs, exponential(random, plan.opensMs / 3))
      : plan.opensMs + Math.min(plan.lastArrivalMs, exponential(random, plan.lastArrivalMs / 4)),
    email: hasPattern
      ? `anna.mueller${n}@mail${n % 5}.example`
      : `${letters(random)}.${letters(random)}${n}x@mail${n % 97}.example`,
    pattern: hasPattern ? `anna ${n % 5}` : null,
    address: `10.${(household >> 16) & 255}.${(household >> 8) & 255}.${household & 255}`,
    agent: `Browser/${random.between(100, 140)}`,
    quantity: random.pick([1, 2, 2, 2, 2, 3, 4, 4]),
    choosesSeats: chance(random, assumptions.chooseSeats),
    chooseMs: 8000 + exponential(random, assumptions.meanChooseMs - 8000),
    typeMs: chance(random, assumptions.formsFilledByTheBrowser)
      ? 1500 + random.below(1500)
      : 12_000 + exponential(random, 20_000),
    cardMs: 10_000 + exponential(random, 15_000),
    card: '4242424242424242',
    mistypes: chance(random, assumptions.mistypeTheCard),
    dropsOut: gone < before ? 'before holding' : gone < inCart ? 'in the cart' : 'no',
    saysGoodbye: chance(random, assumptions.sayGoodbye),
    patienceMs: 5 * minute + exponential(random, assumptions.meanPatienceMs - 5 * minute),
    reloadEveryMs: 30_000 + exponential(random, assumptions.meanReloadMs - 30_000),
    offline: chance(random, assumptions.loseTheNetwork)
      ? { fromMs: random.below(10 * minute), forMs: 5000 + exponential(random, 40_000) }
      : null,
  };
}

/** An account of somebody with many: a program that comes in time, is fast, takes as much as it may and never gives up. */
function bot(plan: Plan, n: number, random: Random, index: number): Person {
  const gang = Math.floor(index / assumptions.accountsOfAScalper);
  const number = index % assumptions.accountsOfAScalper;
  const isEarly = chance(random, assumptions.botsComeBeforeOpening);
  const card = gang * assumptions.cardsOfAScalper + (number % assumptions.cardsOfAScalper);
  return {
    n,
    isBot: true,
    gang,
    arriveMs: isEarly
      ? plan.opensMs - 1000 - random.below(Math.max(1, Math.floor(plan.opensMs * 0.8)))
      : plan.opensMs + random.below(Math.max(1, Math.floor(plan.lastArrivalMs / 4))),
    email: `fan${number}@gang${gang}.example`,
    pattern: `gang ${gang}`,
    address: `172.16.${gang & 255}.${(number % assumptions.networksOfAScalper) + 4 * ((gang >> 8) & 31)}`,
    agent: `Program/${gang}`,
    quantity: assumptions.ticketsPerBot,
    choosesSeats: false,
    chooseMs: 200 + random.below(1300),
    typeMs: 300 + random.below(1200),
    cardMs: 300 + random.below(1200),
    card: `555555555555${9000 + card}`,
    mistypes: false,
    dropsOut: 'no',
    saysGoodbye: true,
    patienceMs: Number.POSITIVE_INFINITY,
    reloadEveryMs: 60_000 + random.below(60_000),
    offline: null,
  };
}

const chance = (random: Random, share: number): boolean => random.below(1_000_000) < share * 1_000_000;

const exponential = (random: Random, mean: number): number =>
  Math.round(-Math.log((random.below(1_000_000) + 1) / 1_000_001) * mean);

const letters = (random: Random): string =>
  Array.from({ length: random.between(3, 8) }, () => String.fromCharCode(97 + random.below(26))).join('');
