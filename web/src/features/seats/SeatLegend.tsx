import { type ComponentType, Suspense } from 'react';
import type { Event } from '../../../../contract/events.ts';
import { later } from '../../page.ts';
import { Icon } from '../../ui/Icon.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import type { Snapshot } from '../buy/availability.ts';
import type { PriceNotesProps } from '../prices/PriceNotes.tsx';
import { needsWords } from '../prices/unit-prices.ts';
import { AreaTickets } from './AreaTickets.tsx';
import { RestrictedSign } from './RestrictedSign.tsx';
import type { SeatModel, Zone } from './seat-model.ts';
import type { Selection } from './use-selection.ts';
import { t } from './words.ts';
import { onZoneColor, zoneColor, zoneMark } from './zone-colors.ts';

/** Only needed where a price has steps or groups. */
const PriceNotes = later('PriceNotes') as ComponentType<PriceNotesProps>;

interface Props {
  event: Event;
  model: SeatModel;
  availability: Snapshot | undefined;
  zone: number | null;
  selection: Selection;
  onItems: (typeId: string, quantity: number) => void;
  onZone: (zone: number | null) => void;
}

/** Zones with their prices, each a filter, and the meaning of the signs on the map. */
export function SeatLegend({ event, model, availability, selection, zone, onItems, onZone }: Props) {
  const unnumbered = event.ticketTypes.filter((type) => type.zone === null);
  return (
    <section aria-labelledby="prices">
      <div className="flex min-h-10 items-center justify-between gap-3">
        <h2 id="prices" className="font-bold">
          {t('prices')}
        </h2>
        {zone !== null && (
          <button
            type="button"
            onClick={() => onZone(null)}
            className="min-h-10 rounded-full px-3 text-sm font-semibold text-accent hover:bg-accent-soft"
          >
            {t('zoneAll')}
          </button>
        )}
      </div>
      <ul className="mt-1 grid gap-1.5">
        {model.zones.map((each, index) => (
          <li key={each.key}>
            <button
              type="button"
              aria-pressed={zone === index}
              title={t('zoneOnly', { zone: each.name })}
              onClick={() => onZone(zone === index ? null : index)}
              className="flex min-h-12 w-full flex-wrap items-center gap-x-3 rounded-field border border-line px-3 py-1 text-start hover:border-line-strong aria-pressed:border-ink aria-pressed:bg-sunken"
            >
              <span
                aria-hidden="true"
                className="grid h-6 w-8 place-items-center rounded-full text-sm font-bold"
                style={{ background: zoneColor(each.color), color: onZoneColor(each.color) }}
              >
                {zone === index ? <Icon name="check" size={14} strokeWidth={3} /> : zoneMark(index)}
              </span>
              <span className="grow basis-28 font-medium">{each.name}</span>
              <span className="text-end">{pricesOf(each, availability)}</span>
            </button>
            {each.types.filter(needsWords).map((type) => (
              <div key={type.id} className="px-3 pt-1">
                <Suspense>
                  <PriceNotes
                    {...{ event, type }}
                    quantity={0}
                    availability={availability}
                    movable={selection.movable}
                    onCost={() => {}}
                  />
                </Suspense>
              </div>
            ))}
          </li>
        ))}
      </ul>
      {unnumbered.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out like the zones above it
        <div role="group" aria-labelledby="areas" className="mt-3 rounded-field border border-line px-3 py-2">
          <h3 id="areas" className="flex items-center gap-3 font-medium">
            <AreaSwatch />
            {areaNames(model) || t('areas')}
          </h3>
          <AreaTickets {...{ event, availability, selection, onItems }} types={unnumbered} />
        </div>
      )}
      <Signs model={model} />
    </section>
  );
}

/** The dashed outline of standing areas on the map. */
const AreaSwatch = () => (
  <span
    aria-hidden="true"
    className="h-5 w-8 shrink-0 rounded border-2 border-dashed border-line-strong bg-paper"
  />
);

const areaNames = ({ areas }: SeatModel): string => [...new Set(areas.map(({ name }) => name))].join(', ');

function pricesOf({ types }: Zone, availability: Snapshot | undefined): string {
  const prices = [...new Set(types.map((type) => formatMoney(type.price)))].join(' / ');
  const isSoldOut =
    availability && types.length > 0 && types.every(({ id }) => availability.available[id] === 0);
  return isSoldOut ? `${prices} · ${t('soldOut')}` : prices;
}

/** A free seat has the colour of its zone, so the sign has some of all. */
function freeColors({ zones }: SeatModel): string {
  const colors = zones.slice(0, 4).map(({ color }) => zoneColor(color));
  const part = 360 / colors.length;
  return `conic-gradient(${colors.map((color, i) => `${color} ${i * part}deg ${(i + 1) * part}deg`).join()})`;
}

function Signs({ model }: { model: SeatModel }) {
  return (
    <ul aria-label={t('seatLegend')} className="mt-3 flex flex-wrap gap-x-5 gap-y-2 text-sm text-muted">
      <li className="flex items-center gap-2">
        <span aria-hidden="true" className="size-4 rounded-full" style={{ background: freeColors(model) }} />{' '}
        {t('seatFree')}
      </li>
      <li className="flex items-center gap-2">
        <span aria-hidden="true" className="mx-1 size-2 rounded-full bg-seat-taken" /> {t('seatTaken')}
      </li>
      <li className="flex items-center gap-2">
        <span
          aria-hidden="true"
          className="grid size-4 place-items-center rounded bg-seat-selected text-on-accent"
        >
          <Icon name="check" size={12} strokeWidth={3} />
        </span>{' '}
        {t('seatSelected')}
      </li>
      {model.accessible.includes(1) && (
        <li className="flex items-center gap-2">
          <Icon name="wheelchair" size={16} /> {t('seatAccessible')}
        </li>
      )}
      {model.companion.includes(1) && (
        <li className="flex items-center gap-2">
          <Icon name="person" size={16} /> {t('seatCompanion')}
        </li>
      )}
      {model.restricted.includes(1) && (
        <li className="flex items-center gap-2">
          <RestrictedSign size={16} /> {t('seatRestricted')}
        </li>
      )}
    </ul>
  );
}
