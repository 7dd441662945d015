import type { ManagedEvent } from '../../../../contract/events.ts';
import type { PriceStepId } from '../../../../contract/ids.ts';
import type { Currency } from '../../../../contract/money.ts';
import { type Occurrence, occurrenceOf, wallTimeOf } from '../../ui/time-zone.ts';
import { majorOf, minorOf, numberOf } from './numbers.ts';

/** When a ticket type is sold, how many in one order, and what it costs besides its one price. */
export interface TermsDraft {
  minPerOrder: string;
  maxPerOrder: string;
  saleStartsAt: string;
  saleStartsAtNth: Occurrence;
  saleEndsAt: string;
  saleEndsAtNth: Occurrence;
  priceKind: 'fixed' | 'steps' | 'groups' | 'chosen';
  priceSteps: StepDraft[];
  groupPrices: GroupDraft[];
  leastPrice: string;
}

interface StepDraft {
  /** The step's id. A step that was never saved has a key of this form. */
  row: string;
  id?: PriceStepId;
  name: string;
  price: string;
  until: string;
  untilNth: Occurrence;
  /** Empty: the number of tickets does not end it. */
  places: string;
}

interface GroupDraft {
  row: string;
  from: string;
  price: string;
}

/** A key that no other entry has, not even one that somebody else is adding at the same time. */
const newKey = (): string => crypto.randomUUID().slice(0, 8);

export const newStep = (): StepDraft => ({
  row: newKey(),
  name: '',
  price: '',
  until: '',
  untilNth: 'first',
  places: '',
});
export const newGroup = (): GroupDraft => ({ row: newKey(), from: '', price: '' });

export const newTerms: TermsDraft = {
  minPerOrder: '1',
  maxPerOrder: '10',
  saleStartsAt: '',
  saleStartsAtNth: 'first',
  saleEndsAt: '',
  saleEndsAtNth: 'first',
  priceKind: 'fixed',
  priceSteps: [],
  groupPrices: [],
  leastPrice: '',
};

type ManagedType = ManagedEvent['ticketTypes'][number];

export function termsDraftOf(
  type: ManagedType,
  { timeZone, currency }: Pick<ManagedEvent, 'timeZone' | 'currency'>,
): TermsDraft {
  const wall = (instant: string | null) => (instant === null ? '' : wallTimeOf(instant, timeZone));
  const nth = (instant: string | null) => (instant === null ? 'first' : occurrenceOf(instant, timeZone));
  const { priceSteps, groupPrices, payWhatYouWant } = type;
  return {
    minPerOrder: String(type.minPerOrder),
    maxPerOrder: String(type.maxPerOrder),
    saleStartsAt: wall(type.saleStartsAt),
    saleStartsAtNth: nth(type.saleStartsAt),
    saleEndsAt: wall(type.saleEndsAt),
    saleEndsAtNth: nth(type.saleEndsAt),
    priceKind:
      priceSteps.length > 0
        ? 'steps'
        : groupPrices.length > 0
          ? 'groups'
          : payWhatYouWant
            ? 'chosen'
            : 'fixed',
    priceSteps: priceSteps.map(({ id, name, listPrice, until, places }) => ({
      row: id,
      id,
      name,
      price: majorOf(listPrice.amount, currency),
      until: wall(until),
      untilNth: nth(until),
      places: places === null ? '' : String(places),
    })),
    groupPrices: groupPrices.map(({ from, listPrice }) => ({
      row: `from-${from}`,
      from: String(from),
      price: majorOf(listPrice.amount, currency),
    })),
    leastPrice: payWhatYouWant ? majorOf(payWhatYouWant.min.amount, currency) : '',
  };
}

/** The terms as the contract has them. What belongs to another kind of price than the chosen one is not sent. */
export function termsOf(
  draft: TermsDraft,
  currency: Currency,
  instant: (wall: string, nth: Occurrence) => string,
) {
  const { priceKind: kind } = draft;
  const at = (wall: string, nth: Occurrence) => (wall === '' ? null : instant(wall, nth));
  return {
    minPerOrder: numberOf(draft.minPerOrder),
    maxPerOrder: numberOf(draft.maxPerOrder),
    saleStartsAt: at(draft.saleStartsAt, draft.saleStartsAtNth),
    saleEndsAt: at(draft.saleEndsAt, draft.saleEndsAtNth),
    priceSteps:
      kind !== 'steps'
        ? []
        : draft.priceSteps.map(({ id, name, price, until, untilNth, places }) => ({
            ...(id && { id }),
            name,
            priceMinor: minorOf(price, currency),
            until: at(until, untilNth),
            places: places.trim() === '' ? null : numberOf(places),
          })),
    groupPrices:
      kind !== 'groups'
        ? []
        : draft.groupPrices.map(({ from, price }) => ({
            from: numberOf(from),
            priceMinor: minorOf(price, currency),
          })),
    payWhatYouWant: kind === 'chosen' ? { minMinor: minorOf(draft.leastPrice, currency) } : null,
  };
}

/** The stored terms, as they would be sent to leave everything as it is. */
export const storedTerms = ({
  priceSteps,
  groupPrices,
  payWhatYouWant,
}: Pick<ManagedType, 'priceSteps' | 'groupPrices' | 'payWhatYouWant'>) => ({
  priceSteps: priceSteps.map(({ price, listPrice, ...step }) => ({ ...step, priceMinor: listPrice.amount })),
  groupPrices: groupPrices.map(({ from, listPrice }) => ({ from, priceMinor: listPrice.amount })),
  payWhatYouWant: payWhatYouWant && { minMinor: payWhatYouWant.min.amount },
});

/** The steps of the form with the ids that a save has given them. */
export const withStepIds = (steps: StepDraft[], sent: StepDraft[], saved: StepDraft[]): StepDraft[] => {
  const byRow = new Map(sent.map(({ row }, i) => [row, saved[i]]));
  return steps.map((step) => {
    const known = byRow.get(step.row);
    return known ? { ...step, row: known.row, ...(known.id && { id: known.id }) } : step;
  });
};
