import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Currency } from '../../../../contract/money.ts';
import { Field, Select } from '../../ui/Field.tsx';
import { locale } from '../../ui/language.ts';
import { type FilterProps, filterDetails } from './filter-props.ts';
import { filtersQuery } from './queries.ts';
import type { ExploreSearch } from './search.ts';
import { t } from './words.ts';

/**
 * Maximum prices to choose from, in whole units of a currency; a hundred times as much for currencies with a small
 * unit.
 */
const steps = [20, 50, 100];
const small: readonly string[] = ['JPY', 'HUF', 'ISK', 'INR', 'CLP', 'XPF'];
const smaller: readonly string[] = ['SEK', 'NOK', 'DKK', 'CZK', 'PLN', 'MXN', 'THB', 'TRY', 'ZAR'];

/** Free, up to an amount, or a range, in the most common currency of the events unless another is chosen. */
export function PriceFilter({ search, set }: FilterProps) {
  const { data } = useQuery(filtersQuery);
  const currencies = data?.currencies.map(({ currency }) => currency) ?? [];
  const currency = search.currency ?? currencies[0] ?? 'EUR';
  const upTo = steps.map(
    (step) => step * (small.includes(currency) ? 100 : smaller.includes(currency) ? 10 : 1),
  );
  const preset = presetOf(search, upTo);
  const [ranging, setRanging] = useState(false);
  const isRange = preset === 'range' || (ranging && preset === '');
  const choose = (value: string) => {
    setRanging(value === 'range');
    set(({ min: _n, max: _x, currency: _c, ...rest }) => {
      if (value === 'free') return { ...rest, max: 0 };
      return value === '' || value === 'range' ? rest : { ...rest, max: Number(value), currency };
    });
  };
  return (
    <>
      <Select
        label={t('price')}
        hideLabel
        pill
        className="min-w-28 flex-1 sm:max-w-44"
        value={isRange ? 'range' : preset}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{t('anyPrice')}</option>
        <option value="free">{t('free')}</option>
        {upTo.map((max) => (
          <option key={max} value={max}>
            {t('upTo', { price: inWords(max, currency) })}
          </option>
        ))}
        <option value="range">{t('priceRange')}</option>
      </Select>
      {isRange && <RangeFields search={search} set={set} currency={currency} currencies={currencies} />}
    </>
  );
}

function presetOf({ min, max, currency }: ExploreSearch, upTo: number[]): string {
  if (max === 0) return 'free';
  if (currency === undefined || (min === undefined && max === undefined)) return '';
  return min === undefined && max !== undefined && upTo.includes(max) ? String(max) : 'range';
}

function RangeFields({
  search,
  set,
  currency,
  currencies,
}: FilterProps & { currency: Currency; currencies: Currency[] }) {
  const width = 'min-w-0 flex-1 sm:w-32 sm:flex-none';
  const setEnd = (end: 'min' | 'max', value: number | undefined) =>
    set(({ [end]: _, ...rest }) => ({ ...rest, ...(value !== undefined && { [end]: value }), currency }));
  return (
    <div className={filterDetails}>
      <AmountField
        label={t('priceMin')}
        className={width}
        value={search.min}
        onChange={(value) => setEnd('min', value)}
      />
      <AmountField
        label={t('priceMax')}
        className={width}
        value={search.max}
        onChange={(value) => setEnd('max', value)}
      />
      <Select
        label={t('currency')}
        className={width}
        value={currency}
        onChange={(event) => set((old) => ({ ...old, currency: event.target.value as Currency }))}
      >
        {[...new Set([currency, ...currencies])].map((each) => (
          <option key={each}>{each}</option>
        ))}
      </Select>
    </div>
  );
}

interface AmountProps {
  label: string;
  className: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}

/** Updates the address when typing pauses, because every digit would be another search. */
function AmountField({ label, className, value, onChange }: AmountProps) {
  const [text, setText] = useState(value === undefined ? '' : String(value));
  useEffect(() => {
    const wanted = /^\d{1,7}$/.test(text) ? Number(text) : undefined;
    if (wanted === value || (text !== '' && wanted === undefined)) return;
    const timer = setTimeout(() => onChange(wanted), 400);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <Field
      label={label}
      className={className}
      inputMode="numeric"
      pattern="[0-9]*"
      maxLength={7}
      value={text}
      onChange={(event) => setText(event.target.value.trim())}
    />
  );
}

const inWords = (amount: number, currency: Currency): string =>
  new Intl.NumberFormat(locale(), { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount);
