import { Field, Select } from '../../ui/Field.tsx';
import { locale } from '../../ui/language.ts';
import { type Choice, nthOf, type Weekday, weekdays } from './rule-text.ts';
import { t } from './words.ts';

const everyWords = { day: 'everyDay', week: 'everyWeek', month: 'everyMonth', year: 'everyYear' } as const;
const everies = Array.from({ length: 12 }, (_, i) => i + 1);
const units = ['day', 'week', 'month', 'year'] as const;
const nthWords = { 1: 'by1', 2: 'by2', 3: 'by3', 4: 'by4', [-1]: 'byLast' } as const;

/** 4 January 2027 is a Monday. */
const nameOf = (day: Weekday, weekday: 'long' | 'short'): string =>
  new Intl.DateTimeFormat(locale(), { weekday, timeZone: 'UTC' }).format(
    Date.UTC(2027, 0, 4 + weekdays.indexOf(day)),
  );

interface Props {
  choice: Choice;
  /** The first date, `2027-03-09T20:00`. */
  from: string;
  wrong: 'until' | 'count' | null;
  onChange: (choice: Choice) => void;
}

/** How an event repeats, in choices that need no rule. */
export function RuleFields({ choice, from, wrong, onChange }: Props) {
  const put = (changed: Partial<Choice>) => onChange({ ...choice, ...changed });
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t('unit')}
          value={choice.unit}
          onChange={({ target }) => put({ unit: target.value as Choice['unit'] })}
        >
          {units.map((unit) => (
            <option key={unit} value={unit}>
              {t(unit)}
            </option>
          ))}
        </Select>
        <Select
          label={t('every')}
          value={choice.every}
          onChange={({ target }) => put({ every: Number(target.value) })}
        >
          {everies.map((every) => (
            <option key={every} value={every}>
              {t(everyWords[choice.unit], { count: every })}
            </option>
          ))}
        </Select>
      </div>
      {choice.unit === 'week' && <Days days={choice.days} onChange={(days) => put({ days })} />}
      {choice.unit === 'month' && <InMonth choice={choice} from={from} onChange={(by) => put({ by })} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t('ends')}
          value={choice.ends}
          onChange={({ target }) => put({ ends: target.value as Choice['ends'] })}
        >
          <option value="count">{t('endsCount')}</option>
          <option value="until">{t('endsUntil')}</option>
        </Select>
        {choice.ends === 'until' ? (
          <Field
            label={t('until')}
            type="date"
            value={choice.until}
            error={wrong === 'until' ? t('untilMissing') : undefined}
            onChange={({ target }) => put({ until: target.value })}
          />
        ) : (
          <Field
            label={t('count')}
            hint={t('countHint')}
            type="number"
            inputMode="numeric"
            min={1}
            max={100}
            value={choice.count}
            error={wrong === 'count' ? t('countWrong') : undefined}
            onChange={({ target }) => put({ count: target.value })}
          />
        )}
      </div>
    </div>
  );
}

function Days({ days, onChange }: { days: Weekday[]; onChange: (days: Weekday[]) => void }) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-semibold">{t('days')}</legend>
      <div className="flex flex-wrap gap-2">
        {weekdays.map((day) => (
          <label
            key={day}
            className="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-full border border-line bg-raised px-3.5 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="checkbox"
              className="size-4 accent-accent"
              aria-label={nameOf(day, 'long')}
              checked={days.includes(day)}
              onChange={({ target }) =>
                onChange(target.checked ? [...days, day] : days.filter((each) => each !== day))
              }
            />
            <span aria-hidden="true">{nameOf(day, 'short')}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function InMonth({
  choice,
  from,
  onChange,
}: {
  choice: Choice;
  from: string;
  onChange: (by: Choice['by']) => void;
}) {
  const [nth, day] = nthOf(from);
  const word = nthWords[nth as keyof typeof nthWords] ?? 'byLast';
  return (
    <Select
      label={t('by')}
      value={choice.by}
      onChange={({ target }) => onChange(target.value as Choice['by'])}
    >
      <option value="date">{t('byDate', { day: Number(from.slice(8, 10)) })}</option>
      <option value="weekday">{t(word, { weekday: nameOf(day, 'long') })}</option>
    </Select>
  );
}
