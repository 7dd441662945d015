import { useState } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import type { FilterProps } from './filter-props.ts';
import { t } from './words.ts';

/** A position that is some minutes old is good enough. */
const placeOptions: PositionOptions = { maximumAge: 600_000, timeout: 15_000, enableHighAccuracy: false };

/** Asks for the reader's position only after a press, and rounds it to about a kilometre. */
export function NearMe({ search, set }: FilterProps) {
  const [state, setState] = useState<'idle' | 'asking' | 'refused'>('idle');
  const on = search.near !== undefined;
  const toggle = () => {
    if (state === 'asking') return;
    setState('idle');
    if (on)
      return set(({ near: _n, km: _k, sort, ...rest }) =>
        sort && sort !== 'distance' ? { ...rest, sort } : rest,
      );
    if (!('geolocation' in navigator)) return setState('refused');
    setState('asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        setState('idle');
        // With a city as well, only events in both would remain.
        set(({ city: _, sort: _s, ...rest }) => ({
          ...rest,
          near: `${rounded(latitude)},${rounded(longitude)}`,
        }));
      },
      () => setState('refused'),
      placeOptions,
    );
  };
  return (
    <>
      <button
        type="button"
        aria-pressed={on}
        aria-busy={state === 'asking' || undefined}
        onClick={toggle}
        className="inline-flex min-h-11 items-center gap-1.5 whitespace-nowrap rounded-full border border-line bg-raised px-3.5 text-[0.9375rem] font-medium transition-colors hover:border-line-strong aria-busy:opacity-60 aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-paper"
      >
        <Icon name="pin" size={18} />
        {t('nearMe')}
      </button>
      <span
        role="status"
        className={state === 'refused' ? 'order-last w-full text-sm text-muted' : 'sr-only'}
      >
        {state === 'refused' ? t('nearRefused') : state === 'asking' ? t('nearAsking') : ''}
      </span>
    </>
  );
}

const rounded = (degrees: number): number => Math.round(degrees * 100) / 100;
