import { Icon } from '../../ui/Icon.tsx';
import { RestrictedSign } from './RestrictedSign.tsx';
import { type Filter, filtersIn } from './seat-filter.ts';
import type { SeatModel } from './seat-model.ts';
import { t } from './words.ts';

interface Props {
  model: SeatModel;
  chosen: readonly Filter[];
  /** How many free seats the filters show; null without filters. */
  count: number | null;
  onChange: (chosen: Filter[]) => void;
}

const signs = {
  accessible: <Icon name="wheelchair" size={18} />,
  companion: <Icon name="person" size={18} />,
  clear: <RestrictedSign size={18} />,
} as const;

/** What a buyer may look for: the seats that do not pass stay on the map as a shadow, and the list leaves them out. */
export function SeatFilters({ model, chosen, count, onChange }: Props) {
  const offered = filtersIn(model);
  if (offered.length === 0) return null;
  return (
    <section aria-labelledby="filters">
      <h2 id="filters" className="font-bold">
        {t('filter')}
      </h2>
      <div className="mt-2 flex flex-wrap gap-2">
        {offered.map((filter) => (
          <button
            key={filter}
            type="button"
            aria-pressed={chosen.includes(filter)}
            onClick={() => onChange(offered.filter((each) => (each === filter) !== chosen.includes(each)))}
            className="inline-flex min-h-11 items-center gap-2 rounded-full border border-line px-3.5 text-start text-[0.9375rem] font-medium hover:border-line-strong aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-paper"
          >
            {signs[filter]}
            {t(`filter.${filter}`)}
          </button>
        ))}
      </div>
      <p role="status" className="mt-1 min-h-5 text-sm text-muted">
        {count !== null && t('filterFree', { count })}
      </p>
    </section>
  );
}
