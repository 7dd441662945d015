import { shownZone } from '../../../../contract/zones.ts';
import { Field, Select } from '../../ui/Field.tsx';
import { locale } from '../../ui/language.ts';
import { instantOf, type Occurrence, oddityOf, wallTimeOf } from '../../ui/time-zone.ts';
import type { DraftForm } from './EventForm.tsx';
import { t } from './words.ts';

type WallName =
  | 'startsAt'
  | 'endsAt'
  | 'doorsAt'
  | 'transfersUntil'
  | 'renamesUntil'
  | 'exchangesUntil'
  | 'resaleUntil'
  | 'queueOpensAt'
  | `promoCodes.${number}.validUntil`
  | `products.${number}.saleStartsAt`
  | `products.${number}.saleEndsAt`
  | `ticketTypes.${number}.${'saleStartsAt' | 'saleEndsAt'}`
  | `ticketTypes.${number}.priceSteps.${number}.until`;

interface Props {
  form: DraftForm;
  name: WallName;
  label: string;
  /** The field's own text for what is wrong with it. */
  wrong?: string;
  required?: boolean;
  min?: string;
  className?: string;
}

/**
 * A local time of the event's zone. In the night in which clocks go back it also asks which one of two equal times is
 * meant; a time that clocks skip is shown with the time as which it counts.
 */
export function WallTime({ form, name, label, wrong, required = false, min, className = '' }: Props) {
  const typed = form.watch(name);
  const zone = form.watch('timeZone');
  const oddity = oddityOf(typed, zone);
  return (
    <div className={`grid gap-3 ${className}`}>
      <Field
        label={label}
        type="datetime-local"
        aria-required={required || undefined}
        min={min}
        hint={oddity === 'skipped' ? t('timeSkipped', skippedWords(typed, zone)) : undefined}
        {...form.field(name, wrong)}
      />
      {oddity === 'twice' && (
        <Select label={t('timeTwice', { field: label })} {...form.field(`${name}Nth`)}>
          <option value="first">{t('timeFirst', occurrenceWords(typed, zone, 'first'))}</option>
          <option value="second">{t('timeSecond', occurrenceWords(typed, zone, 'second'))}</option>
        </Select>
      )}
    </div>
  );
}

/** A local time as this reader writes it, `01:30`. */
const clockText = (wallTime: string): string =>
  new Intl.DateTimeFormat(locale(), { timeStyle: 'short', timeZone: 'UTC' }).format(new Date(`${wallTime}Z`));

const skippedWords = (typed: string, zone: string) => ({
  time: clockText(typed),
  counts: clockText(wallTimeOf(instantOf(typed, zone) ?? '', zone)),
});

/** The time, and what sets the two apart: `GMT-4` and `GMT-5`. */
function occurrenceWords(wallTime: string, zone: string, nth: Occurrence) {
  const parts = new Intl.DateTimeFormat(locale(), { timeZone: shownZone(zone), timeZoneName: 'shortOffset' });
  const offset = parts
    .formatToParts(new Date(instantOf(wallTime, zone, nth) ?? 0))
    .find(({ type }) => type === 'timeZoneName')?.value;
  return { time: clockText(wallTime), offset: offset ?? '' };
}
