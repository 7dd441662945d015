import { Icon } from '../../ui/Icon.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import type { SeatModel } from './seat-model.ts';
import { t } from './words.ts';

/** Zones with their prices, each a filter; and what the signs on the map mean. */
export function SeatLegend({
  model,
  zone,
  onZone,
}: {
  model: SeatModel;
  zone: number | null;
  onZone: (zone: number | null) => void;
}) {
  return (
    <section aria-labelledby="prices">
      <h2 id="prices" className="font-bold">
        {t('prices')}
      </h2>
      <ul className="mt-2 grid gap-1.5">
        {model.zones.map(({ key, name, color, types }, index) => (
          <li key={key}>
            <button
              type="button"
              aria-pressed={zone === index}
              title={t('zoneOnly', { zone: name })}
              onClick={() => onZone(zone === index ? null : index)}
              className="flex min-h-12 w-full items-center gap-3 rounded-field border border-line px-3 text-left hover:border-line-strong aria-pressed:border-ink aria-pressed:bg-sunken"
            >
              <span aria-hidden="true" className="h-4 w-7 rounded-full" style={{ background: color }} />
              <span className="flex-1 font-medium">{name}</span>
              <span className="text-right">
                {[...new Set(types.map((type) => formatMoney(type.price)))].join(' / ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <ul aria-label={t('seatLegend')} className="mt-3 flex flex-wrap gap-x-5 gap-y-2 text-sm text-muted">
        <li className="flex items-center gap-2">
          <span aria-hidden="true" className="size-4 rounded-full bg-seat-free" /> {t('seatFree')}
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
      </ul>
    </section>
  );
}
