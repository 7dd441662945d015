import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { minorDigits } from '../../../../contract/currencies.ts';
import type { Event, TicketType } from '../../../../contract/events.ts';
import type { Hold } from '../../../../contract/holds.ts';
import { presentStep } from '../../../../contract/price-steps.ts';
import { useNowMs } from '../../ui/clock.ts';
import { Field } from '../../ui/Field.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { formatWhen } from '../../ui/When.tsx';
import type { Snapshot } from '../buy/availability.ts';
import { fromLeast, stepsIn, typedMinor, unitPrices } from './unit-prices.ts';
import { t } from './words.ts';

/** What so many tickets of a type cost, and the price that the buyer named. */
export interface Cost {
  amount: number;
  priceMinor?: number;
  /** The number of tickets after a step to another one, by the smallest order. */
  next?: (wanted: number) => number;
  /** Shows the field and returns true, if what the buyer typed is no possible price. */
  isWrong?: () => boolean;
}

export interface PriceNotesProps {
  event: Pick<Event, 'currency' | 'timeZone'>;
  type: TicketType;
  quantity: number;
  /** What is left of each ticket type and its steps. */
  availability: Pick<Snapshot, 'types'> | undefined;
  /** The buyer's hold, if it may have other places. */
  movable: Pick<Hold, 'lines'> | null;
  onCost: (cost: Cost) => void;
}

type Left = ReturnType<typeof stepsIn>;

/** With fewer tickets left at a price than this, the number is shown. */
const few = 20;

/** The words that a ticket type's price needs, and the field for a price that the buyer names. */
export function PriceNotes(props: PriceNotesProps) {
  const { event, type, availability, movable, quantity, onCost } = props;
  const lines = movable?.lines;
  const left = stepsIn(availability?.types, type.id);
  const now = useNowMs(15_000);
  useStepChange(type, left);
  const isChosen = type.payWhatYouWant !== null;
  const next = (wanted: number) => fromLeast(type, quantity, wanted);
  const sum = unitPrices(type, quantity, { lines, left, nowMs: now }).reduce((a, b) => a + b, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another amount is news
  useEffect(() => {
    if (!isChosen) onCost({ amount: sum, next });
  }, [sum, quantity, isChosen]);
  return (
    <>
      {type.priceSteps.length > 0 && <StepNote {...{ event, type, left, now }} />}
      {type.groupPrices.map(({ from, price }) => (
        <p key={from} className="text-sm text-muted">
          {t('group', { from, price: formatMoney(price) })}
        </p>
      ))}
      {type.minPerOrder > 1 && (
        <p className="text-sm text-muted">{t('atLeast', { count: type.minPerOrder })}</p>
      )}
      {isChosen && <OwnPrice {...props} />}
    </>
  );
}

/** The present step: until when or for how many it is, and what comes then. */
function StepNote({
  event,
  type: { priceSteps, fullPrice },
  left,
  now,
}: Pick<PriceNotesProps, 'event' | 'type'> & { left: Left; now: number }) {
  const at = presentStep(priceSteps, left ?? [], now);
  const step = priceSteps[at];
  if (!step) return null;
  const rest = priceSteps.slice(at + 1);
  const next = presentStep(rest, left?.slice(at + 1) ?? [], now);
  const price = rest[next]?.price ?? fullPrice;
  const places = left?.[at] ?? null;
  const parts = [
    step.until && t('until', { when: formatWhen(step.until, event.timeZone) }),
    places !== null && places <= few && t('leftAtPrice', { count: places }),
    price.amount === 0 ? t('thenFree') : t('next', { price: formatMoney(price) }),
  ];
  return (
    <p className="text-sm text-muted" aria-live="polite">
      {step.name && <bdi className="font-semibold text-ink">{step.name} · </bdi>}
      {parts.filter(Boolean).join(' · ')}
    </p>
  );
}

/** Asks for the event again when another step begins, because its price is in the event. */
function useStepChange({ priceSteps }: TicketType, left: Left): void {
  const client = useQueryClient();
  const now = useNowMs(15_000);
  const [seen, setSeen] = useState<number | null>(null);
  const at = left ? presentStep(priceSteps, left, now) : null;
  useEffect(() => {
    if (at === null || at === seen) return;
    if (seen !== null) void client.invalidateQueries({ queryKey: ['event'] });
    setSeen(at);
  }, [client, at, seen]);
}

/** The price that the buyer names. It begins with the price of their hold, or with the suggestion. */
function OwnPrice({ event: { currency }, type, quantity, movable, onCost }: PriceNotesProps) {
  const { min, lowestPaid } = type.payWhatYouWant ?? { min: type.price, lowestPaid: type.price };
  const isFreeToo = min.amount === 0;
  const decimals = minorDigits(currency);
  const next = (wanted: number) => fromLeast(type, quantity, wanted);
  const held = movable?.lines.find(({ ticketTypeId }) => ticketTypeId === type.id);
  const [typed, setTyped] = useState(() => {
    const { amount } = held?.chosenPrice ?? type.listPrice;
    return (amount / 10 ** decimals).toFixed(amount % 10 ** decimals === 0 ? 0 : decimals);
  });
  const minor = typedMinor(typed, decimals);
  const wrong = minor === null || (minor < lowestPaid.amount && !(isFreeToo && minor === 0));
  const amount = (minor ?? 0) * quantity;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another price or number is news
  useEffect(() => {
    onCost({ amount, next, ...(wrong ? { isWrong: () => focusOn(name) } : { priceMinor: minor }) });
  }, [amount, quantity, wrong, minor]);
  const price = formatMoney(lowestPaid);
  const name = `price-${type.id}`;
  return (
    <Field
      label={t('ownPriceFor', { type: type.name, currency })}
      name={name}
      inputMode="decimal"
      autoComplete="off"
      className="mt-2 max-w-56"
      value={typed}
      onChange={(change) => setTyped(change.target.value)}
      hint={t(isFreeToo ? 'orFree' : 'fromPrice', { price })}
      error={wrong ? t(isFreeToo ? 'wrongOrFree' : 'wrongPrice', { price }) : undefined}
    />
  );
}

function focusOn(name: string): true {
  document.getElementsByName(name)[0]?.focus();
  return true;
}
