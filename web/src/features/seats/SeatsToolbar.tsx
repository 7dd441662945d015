import { Icon } from '../../ui/Icon.tsx';
import type { SeatModel } from './seat-model.ts';
import { t } from './words.ts';

interface Props {
  model: SeatModel;
  kind: 'map' | 'list';
  onKind: (kind: 'map' | 'list') => void;
  onSection: (section: number) => void;
}

/** The switch between map and list, and a menu that leads to a section. */
export function SeatsToolbar({ model, kind, onKind, onSection }: Props) {
  const sections = [...model.sections.entries()].filter(
    ([index, { seats }]) => seats > 0 || model.areas.some(({ section }) => section === index),
  );
  return (
    <div
      className={`flex flex-wrap gap-2 ${kind === 'map' ? 'pointer-events-none absolute start-3 end-[calc(44px+1.25rem)] top-3 z-10 *:pointer-events-auto' : 'border-b border-line p-3'}`}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: two toggle buttons, not a form's fieldset */}
      <div
        role="group"
        aria-label={t('view')}
        className="flex flex-wrap rounded-3xl border border-line bg-raised p-1 shadow-lift"
      >
        {(['map', 'list'] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={kind === each}
            onClick={() => onKind(each)}
            className="inline-flex min-h-10 items-center gap-2 rounded-full px-3 text-sm font-semibold text-muted aria-pressed:bg-ink aria-pressed:text-paper sm:px-4"
          >
            <Icon name={each === 'map' ? 'chair' : 'list'} size={16} />
            {t(each === 'map' ? 'asMap' : 'asList')}
          </button>
        ))}
      </div>
      {sections.length > 1 && (
        // This menu keeps no value, so the same section can be chosen twice.
        <span className="relative block min-w-0 max-w-40 sm:max-w-52">
          <select
            aria-label={t('goToSection')}
            value=""
            onChange={(change) => onSection(Number(change.target.value))}
            className="min-h-12.5 w-full appearance-none truncate rounded-full border border-line bg-raised ps-4 pe-9 text-sm font-semibold shadow-lift"
          >
            <option value="" disabled>
              {t('goToSection')}
            </option>
            {sections.map(([index, { name }]) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </select>
          <Icon
            name="down"
            size={16}
            className="pointer-events-none absolute end-3.5 top-1/2 -translate-y-1/2 text-muted"
          />
        </span>
      )}
    </div>
  );
}
