import type { Event, TicketType } from '../../../../contract/events.ts';
import type { ExchangeQuote } from '../../../../contract/exchanges.ts';
import { formatMoney } from '../../ui/Money.tsx';
import type { Snapshot } from '../buy/availability.ts';
import type { By } from './by.ts';
import type { OnePlace, Option } from './use-one-place.ts';
import { t } from './words.ts';

interface Props {
  event: Event;
  by: By;
  quote: ExchangeQuote;
  availability: Snapshot | undefined;
  place: OnePlace;
}

/** The ticket types of the event, each with the difference to what was paid, or with the reason why it cannot be chosen. */
export function TypeChoice({ event, by, quote, availability, place }: Props) {
  const choices = event.ticketTypes.flatMap((type) => {
    const option = quote.options.find(({ ticketTypeId }) => ticketTypeId === type.id);
    return option ? [{ type, option, reason: reasonOf(type, option, { by, quote, availability }) }] : [];
  });
  return (
    <fieldset className="mt-8">
      <legend className="text-xl font-bold tracking-tight">{t('types')}</legend>
      {choices.every(({ reason }) => reason !== null) && <p className="mt-2 text-muted">{t('nothing')}</p>}
      <ul className="mt-3 grid gap-2 sm:grid-cols-2">
        {choices.map(({ type, option, reason }) => (
          <li key={type.id}>
            <label
              className={`flex min-h-14 flex-wrap items-center gap-x-3 rounded-field border px-4 py-2 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 ${reason === null ? 'border-line hover:border-line-strong' : 'border-line bg-sunken'}`}
            >
              <input
                type="radio"
                name="ticket-type"
                className="size-5 shrink-0 accent-accent"
                disabled={reason !== null}
                checked={place.option?.ticketTypeId === type.id}
                onChange={() => place.chooseType(type.id)}
              />
              <span className="min-w-0 grow basis-32">
                <span className="block font-semibold wrap-anywhere">
                  <bdi>{type.name}</bdi>
                </span>
                <span className="block text-sm text-muted">
                  {formatMoney(option.price)}
                  {type.id === quote.ticketTypeId && ` · ${t(by === 'team' ? 'teamType' : 'yours')}`}
                </span>
              </span>
              <span className={`text-end ${reason === null ? 'font-semibold' : 'text-sm text-muted'}`}>
                {reason ?? differenceOf(option, by)}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function differenceOf({ pay, back, dearer }: Option, by: By): string {
  if (by === 'team' && dearer.amount > 0) return t('teamDearer', { amount: formatMoney(dearer) });
  if (pay.amount > 0) return t('pay', { amount: formatMoney(pay) });
  if (back.amount > 0) return t('goesBack', { amount: formatMoney(back) });
  return t(by === 'team' ? 'teamFree' : 'free');
}

/** Why a ticket type cannot be chosen; null if it can. */
function reasonOf(
  type: TicketType,
  { refused, keepsPlace }: Option,
  { by, quote, availability }: Pick<Props, 'by' | 'quote' | 'availability'>,
): string | null {
  switch (refused) {
    case 'exchange_same_place':
      return t(by === 'team' ? 'teamType' : 'yours');
    case 'sale_not_started':
      return t('refusedStart');
    case 'sale_ended':
      return t('refusedEnd');
    case 'exchange_refund_not_allowed':
      return t('refusedBack', { amount: formatMoney(quote.mostBack) });
    default:
      return !keepsPlace && availability?.available[type.id] === 0 ? t('soldOut') : null;
  }
}
