import type { Line } from '../../../../contract/holds.ts';
import { Field } from '../../ui/Field.tsx';
import { placesIn } from './sale.ts';
import { t } from './words.ts';

interface Props {
  lines: Line[];
  /** Proposed where there is one ticket only: most people buy it for themselves. */
  buyerName: string | undefined;
  errors: Record<string, string | undefined>;
}

/** Who comes, one name for each place, in the order in which the server counts them. */
export function AttendeeFields({ lines, buyerName, errors }: Props) {
  const places = lines.flatMap((line) =>
    Array.from({ length: line.quantity }, (_, i) => ({ name: line.name, seat: line.seats?.[i] })),
  );
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-1 font-bold">{t('attendees')}</legend>
      <p className="text-sm text-muted">{t('attendeesText')}</p>
      {places.map(({ name, seat }, index) => (
        <Field
          // biome-ignore lint/suspicious/noArrayIndexKey: a place is its position in the order
          key={index}
          label={t('attendee', {
            n: index + 1,
            place: seat ? t(seat.row === '' ? 'seatNameNoRow' : 'seatName', seat) : name,
          })}
          name="attendee"
          autoComplete={placesIn(lines) === 1 ? 'name' : 'off'}
          required
          maxLength={120}
          pattern=".*\S.*"
          defaultValue={placesIn(lines) === 1 ? buyerName : undefined}
          error={errors[`attendees.${index}.name`]}
        />
      ))}
    </fieldset>
  );
}
