import type { Line } from '../../../../contract/holds.ts';
import { Field } from '../../ui/Field.tsx';
import { t } from '../checkout/words.ts';
import type { ContractForm } from '../forms/use-contract-form.ts';
import type { Details } from './DetailsForm.tsx';

interface Props {
  lines: Line[];
  /** The proposed name if there is one ticket only, because most people buy it for themselves. */
  buyerName: string | undefined;
  form: ContractForm<Details>;
}

/** One name for each place, in the server's order of places. Extras come after them and have no name. */
export function AttendeeFields({ lines, buyerName, form }: Props) {
  const places = lines.flatMap((line) =>
    Array.from({ length: line.collect ? 0 : line.quantity }, (_, i) => ({
      name: line.name,
      seat: line.seats?.[i],
    })),
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
          autoComplete={places.length === 1 ? 'name' : 'off'}
          {...form.field(`attendees.${index}.name`, undefined, {
            value: (places.length === 1 && buyerName) || '',
          })}
        />
      ))}
    </fieldset>
  );
}
