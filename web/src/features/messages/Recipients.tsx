import type { BroadcastFilter } from '../../../../contract/broadcasts.ts';
import type { TicketTypeId } from '../../../../contract/ids.ts';
import { Select } from '../../ui/Field.tsx';
import { t } from './words.ts';

interface Props {
  ticketTypes: { id?: TicketTypeId | undefined; name: string; zone: string | null }[];
  to: BroadcastFilter;
  onChange: (to: BroadcastFilter) => void;
}

/** Whom a message goes to: everybody with a ticket, or only some types, some zones, or who is in. */
export function Recipients({ ticketTypes, to, onChange }: Props) {
  const { ticketTypeIds, zones, ...rest } = to;
  const types = ticketTypes.flatMap(({ id, name }) => (id ? [{ value: id, name }] : []));
  const sold = [...new Set(ticketTypes.flatMap(({ zone }) => zone ?? []))];
  return (
    <div className="grid gap-5">
      <Some
        label={t('toType')}
        options={types}
        chosen={ticketTypeIds ?? []}
        onChange={(ids) =>
          onChange({ ...rest, ...(zones && { zones }), ...(ids.length > 0 && { ticketTypeIds: ids }) })
        }
      />
      <Some
        label={t('toZone')}
        options={sold.map((zone) => ({ value: zone, name: zone }))}
        chosen={zones ?? []}
        onChange={(some) =>
          onChange({
            ...rest,
            ...(ticketTypeIds && { ticketTypeIds }),
            ...(some.length > 0 && { zones: some }),
          })
        }
      />
      <Select
        label={t('toIn')}
        value={to.checkedIn === undefined ? '' : String(to.checkedIn)}
        onChange={({ target: { value } }) => {
          const { checkedIn: _, ...others } = to;
          onChange(value ? { ...others, checkedIn: value === 'true' } : others);
        }}
      >
        <option value="">{t('all')}</option>
        <option value="true">{t('isIn')}</option>
        <option value="false">{t('isNotIn')}</option>
      </Select>
    </div>
  );
}

/** Some of several options. None means all. With one option there is nothing to choose. */
function Some<Value extends string>({
  label,
  options,
  chosen,
  onChange,
}: {
  label: string;
  options: { value: Value; name: string }[];
  chosen: Value[];
  onChange: (chosen: Value[]) => void;
}) {
  if (options.length < 2) return null;
  return (
    <fieldset>
      <legend className="text-sm font-semibold">{label}</legend>
      <p className="text-sm text-muted">{t('noneMeansAll')}</p>
      <div className="mt-1 grid gap-x-4 sm:grid-cols-2">
        {options.map(({ value, name }) => (
          <label key={value} className="flex min-h-12 items-center gap-3">
            <input
              type="checkbox"
              className="size-6 shrink-0 accent-accent"
              checked={chosen.includes(value)}
              onChange={({ target: { checked } }) =>
                onChange(checked ? [...chosen, value] : chosen.filter((each) => each !== value))
              }
            />
            <bdi className="min-w-0 wrap-anywhere">{name}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
