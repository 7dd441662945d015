import { type ComponentType, Suspense } from 'react';
import type { TicketTypeId } from '../../../../contract/ids.ts';
import { later } from '../../page.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import type { Snapshot } from '../buy/availability.ts';
import { t as tBuy } from '../buy/words.ts';
import type { PriceNotesProps } from '../prices/PriceNotes.tsx';
import { needsWords } from '../prices/unit-prices.ts';
import { type PlacesProps, PlacesRow } from './PlacesRow.tsx';
import { type SeatModel, zoneOf } from './seat-model.ts';
import { seatSigns } from './seat-names.ts';
import { t } from './words.ts';
import { zoneColor } from './zone-colors.ts';

interface Props extends PlacesProps {
  model: SeatModel;
  availability: Snapshot | undefined;
  /** What the chosen extras cost. */
  extrasMinor: number;
  busy: boolean;
  onContinue: () => void;
}

/** Only needed where a price has steps or groups, or is the buyer's choice. */
const PriceNotes = later('PriceNotes') as ComponentType<PriceNotesProps>;

/** The chosen seats, their price and the button to continue, always in reach. */
export function SeatTray({
  event,
  model,
  availability,
  selection,
  extrasMinor,
  busy,
  onItems,
  onContinue,
}: Props) {
  const { chosen, items, places } = selection;
  const amount =
    chosen.reduce((sum, seat) => sum + seat.priceMinor, 0) +
    items.reduce((sum, { type, quantity }) => sum + selection.amountOf(type, quantity), extrasMinor);
  const count =
    items.length === 0 ? t('selectionCount', { count: places }) : t('placesCount', { count: places });
  return (
    <section
      aria-labelledby="selection"
      className={`sticky bottom-0 z-20 border-t border-line bg-raised p-4 pb-[max(1rem,env(safe-area-inset-bottom))] shadow-tray sm:px-6 ${places === 0 && selection.lost === '' ? 'max-lg:hidden' : ''}`}
    >
      <div className="flex min-h-8 flex-wrap items-baseline justify-between">
        <h2 id="selection" className="font-bold">
          {places === 0 ? t('selection') : count}
        </h2>
        {places > 0 && (
          <button
            type="button"
            onClick={selection.clear}
            className="rounded-full px-3 py-1 text-sm font-semibold text-accent hover:bg-accent-soft"
          >
            {t('clearSeats')}
          </button>
        )}
      </div>
      {places === 0 && selection.canChoose && <p className="text-sm text-muted">{t('selectionNone')}</p>}
      {selection.lost !== '' && <p className="text-sm font-medium text-warn">{selection.lost}</p>}
      <ul className="max-h-44 overflow-y-auto">
        {chosen.map(({ seat, name, typeId, priceMinor }) => {
          const { types, color } = zoneOf(model, seat);
          return (
            <li
              key={seat}
              className="flex flex-wrap items-center justify-end gap-x-2 py-0.5 text-[0.9375rem]"
            >
              <span
                aria-hidden="true"
                className="h-3 w-4 shrink-0 rounded-full"
                style={{ background: zoneColor(color) }}
              />
              <span className="min-w-24 flex-1 truncate" title={name}>
                {name}
                <SeatSigns model={model} seat={seat} />
              </span>
              {types.length > 1 ? (
                <select
                  aria-label={t('seatTicket', { seat: name })}
                  value={typeId}
                  onChange={(change) => selection.setType(seat, change.target.value as TicketTypeId)}
                  className="min-h-9 min-w-0 max-w-36 rounded-lg border border-line bg-raised px-2 text-sm"
                >
                  {types.map((type) => (
                    <option key={type.id} value={type.id}>
                      {type.name}, {formatMoney(selection.priceOf(type))}
                    </option>
                  ))}
                </select>
              ) : (
                <span>{formatMoney({ amount: priceMinor, currency: event.currency })}</span>
              )}
              <button
                type="button"
                aria-label={t('removeSeat', { seat: name })}
                onClick={() => selection.toggle(seat)}
                className="grid size-[40px] shrink-0 place-items-center rounded-full text-muted hover:bg-sunken hover:text-ink"
              >
                <Icon name="cross" size={16} />
              </button>
            </li>
          );
        })}
      </ul>
      {items.length > 0 && (
        <ul>
          {items.map(({ type, quantity }) => (
            <PlacesRow
              key={type.id}
              {...{ event, selection, onItems, type, quantity }}
              note={formatMoney({
                amount: selection.amountOf(type, quantity),
                currency: event.currency,
              })}
            >
              {needsWords(type) && (
                <Suspense>
                  <PriceNotes
                    {...{ event, type, quantity }}
                    availability={availability}
                    movable={selection.movable}
                    onCost={(cost) => selection.setCost(type.id, cost)}
                  />
                </Suspense>
              )}
            </PlacesRow>
          ))}
        </ul>
      )}
      {extrasMinor > 0 && places > 0 && (
        <p className="mt-1 text-sm text-muted">
          {t('withExtras', { amount: formatMoney({ amount: extrasMinor, currency: event.currency }) })}
        </p>
      )}
      {selection.promo && places > 0 && (
        <p className="mt-1 text-sm text-good">{tBuy('withCode', { code: selection.promo })}</p>
      )}
      {selection.full && <p className="mt-1 text-sm text-muted">{t('selectionFull')}</p>}
      {amount > 0 && event.orderFee.amount > 0 && (
        <p className="mt-1 text-sm text-muted">
          {t('plusPerOrder', { amount: formatMoney(event.orderFee) })}
        </p>
      )}
      {places > 0 && (
        <Button size="large" className="mt-3 w-full" busy={busy} onClick={onContinue}>
          {t('continue')} · {formatMoney({ amount, currency: event.currency })}
        </Button>
      )}
    </section>
  );
}

/** Nobody should buy a wheelchair place by accident, so the words are beside the price. */
function SeatSigns({ model, seat }: { model: SeatModel; seat: number }) {
  return seatSigns(model, seat).map((sign) => (
    <span key={sign} className="block text-sm text-muted">
      {sign}
    </span>
  ));
}
