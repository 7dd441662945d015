import { useId } from 'react';
import type { Money } from '../../../../contract/money.ts';
import { Select } from '../../ui/Field.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { t } from './words.ts';

/** For how many hours the new place is held for the holder: one, two, three days or a week. */
const times = [24, 48, 72, 168];

interface Props {
  dearer: Money;
  /** Null: nobody pays. */
  withinHours: number | null;
  onChange: (withinHours: number | null) => void;
}

/** The team waives a difference, or asks the holder to pay it within a time. */
export function WhoPays({ dearer, withinHours, onChange }: Props) {
  const name = useId();
  const amount = formatMoney(dearer);
  return (
    <div className="mt-8 grid max-w-xl gap-4">
      <fieldset>
        <legend className="text-xl font-bold tracking-tight">{t('whoPays')}</legend>
        {([null, withinHours ?? 48] as const).map((hours) => (
          <label key={String(hours === null)} className="flex min-h-12 items-center gap-3 py-2">
            <input
              type="radio"
              name={name}
              className="size-6 shrink-0 accent-accent"
              checked={(withinHours === null) === (hours === null)}
              onChange={() => onChange(hours)}
            />
            {t(hours === null ? 'whoNobody' : 'whoHolder', { amount })}
          </label>
        ))}
      </fieldset>
      {withinHours !== null && (
        <Select
          label={t('payWithin')}
          value={String(withinHours)}
          onChange={({ target }) => onChange(Number(target.value))}
        >
          {times.map((hours) => (
            <option key={hours} value={hours}>
              {t('days', { count: hours / 24 })}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}
