import { stepMinor } from '../../../contract/currencies.ts';
import { formatMoney, maxPriceMinor } from '../../../contract/money.ts';
import type { Tax } from '../../../contract/price.ts';
import { leastChargeMinor } from '../sale/least-charge.ts';
import { wholePriceOf } from '../sale/ticket-types.ts';
import type { EventDraft, Issue } from './draft.ts';

type TypeDraft = EventDraft['ticketTypes'][number];
type PriceIssues = (path: string, priceMinor: number) => Issue[];

/** Decision: what is wrong with a price of a ticket type with this tax. */
export function priceIssues(
  draft: Pick<EventDraft, 'currency' | 'bookingFee'>,
  tax: Tax | null,
): PriceIssues {
  const { currency } = draft;
  const inWords = (amount: number) => formatMoney({ amount, currency }, 'en');
  const least = leastChargeMinor[currency];
  return (path, priceMinor) => {
    const issue = (message: string): Issue[] => [{ path, message }];
    const whole = wholePriceOf(draft, { priceMinor, tax });
    if (priceMinor % stepMinor(currency) !== 0)
      return issue(`must be a multiple of ${inWords(stepMinor(currency))}: cards can't pay other amounts`);
    if (priceMinor > 0 && whole < least)
      return issue(`must be 0 or at least ${inWords(least)}: less can't be paid by card`);
    if (whole > maxPriceMinor)
      return issue(
        `costs ${inWords(whole)} with tax and booking fee. The limit is ${inWords(maxPriceMinor)}`,
      );
    return [];
  };
}

/** Decision: what is wrong with the other prices of a ticket type: its steps, its groups, and what buyers may name. */
export function morePriceIssues(draft: EventDraft, type: TypeDraft): Issue[] {
  const issuesOf = priceIssues(draft, type.tax);
  const most = largestOrder(draft, type);
  return [
    ...(type.minPerOrder > most
      ? [
          {
            path: 'minPerOrder',
            message: `must not be more than ${most}, the most that a buyer may have of this type`,
          },
        ]
      : []),
    ...kindIssues(type),
    ...stepIssues(draft, type, issuesOf),
    ...groupIssues(type, most, issuesOf),
    ...chosenIssues(type, issuesOf),
  ];
}

/** How many tickets of the type an order can have. A buyer gets no more than the event allows. */
const largestOrder = ({ maxPerBuyer }: EventDraft, { maxPerOrder }: TypeDraft): number =>
  Math.min(maxPerOrder, maxPerBuyer);

/** A buyer could not tell which of two kinds of price counts. */
function kindIssues({ priceSteps, groupPrices, payWhatYouWant }: TypeDraft): Issue[] {
  const given = [
    ...(priceSteps.length > 0 ? (['priceSteps'] as const) : []),
    ...(groupPrices.length > 0 ? (['groupPrices'] as const) : []),
    ...(payWhatYouWant ? (['payWhatYouWant'] as const) : []),
  ];
  return given.slice(1).map((path) => ({
    path,
    message: `cannot be used together with ${given[0]}: use a ticket type for each`,
  }));
}

function stepIssues(draft: EventDraft, { priceSteps }: TypeDraft, issuesOf: PriceIssues): Issue[] {
  const endMs = Date.parse(draft.endsAt);
  let beforeMs = Number.NEGATIVE_INFINITY;
  return priceSteps.flatMap(({ priceMinor, until }, i) => {
    const issues = issuesOf(`priceSteps.${i}.priceMinor`, priceMinor);
    if (until === null) return issues;
    const untilMs = Date.parse(until);
    const path = `priceSteps.${i}.until`;
    if (untilMs <= beforeMs) issues.push({ path, message: 'must be after the end of the step before it' });
    if (untilMs > endMs) issues.push({ path, message: 'must not be after the end of the event' });
    beforeMs = Math.max(beforeMs, untilMs);
    return issues;
  });
}

function groupIssues({ groupPrices, priceMinor }: TypeDraft, most: number, issuesOf: PriceIssues): Issue[] {
  const sorted = groupPrices.map((group, i) => ({ ...group, i })).sort((a, b) => a.from - b.from);
  return sorted.flatMap(({ from, i, ...group }, n) => {
    const issues = issuesOf(`groupPrices.${i}.priceMinor`, group.priceMinor);
    const path = `groupPrices.${i}.from`;
    const smaller = sorted[n - 1];
    if (smaller?.from === from) issues.push({ path, message: 'another group begins with as many tickets' });
    else if (group.priceMinor >= (smaller?.priceMinor ?? priceMinor))
      issues.push({
        path: `groupPrices.${i}.priceMinor`,
        message: 'must be less than the price of smaller orders',
      });
    if (from > most)
      issues.push({
        path,
        message: `must not be more than ${most}, the most that a buyer may have of this type`,
      });
    return issues;
  });
}

function chosenIssues({ payWhatYouWant, priceMinor, zone }: TypeDraft, issuesOf: PriceIssues): Issue[] {
  if (!payWhatYouWant) return [];
  const issues = issuesOf('payWhatYouWant.minMinor', payWhatYouWant.minMinor);
  if (zone !== null) issues.push({ path: 'payWhatYouWant', message: 'numbered seats have fixed prices' });
  if (payWhatYouWant.minMinor > priceMinor)
    issues.push({
      path: 'payWhatYouWant.minMinor',
      message: 'must not be more than priceMinor, which is suggested',
    });
  return issues;
}

/** An id names one step of the event. */
export function stepIdIssues({ ticketTypes }: Pick<EventDraft, 'ticketTypes'>): Issue[] {
  const seen = new Set<string>();
  return ticketTypes.flatMap(({ priceSteps }, i) =>
    priceSteps.flatMap(({ id }, n) => {
      const again = id !== undefined && seen.has(id);
      if (id) seen.add(id);
      return again ? [{ path: `ticketTypes.${i}.priceSteps.${n}.id`, message: 'is there twice' }] : [];
    }),
  );
}
