import type { PlanZone } from '../../../../contract/plan-fields.ts';
import { Field } from '../../ui/Field.tsx';
import { zoneColor } from '../seats/zone-colors.ts';
import { t } from './words.ts';

export interface TypedPrice {
  name: string;
  price: string;
}

interface Props {
  zone: Pick<PlanZone, 'name' | 'color'>;
  currency: string;
  value: TypedPrice;
  error: string | undefined;
  onChange: (value: TypedPrice) => void;
}

/** Name and price of the first ticket type of a zone. */
export function PriceFields({ zone, currency, value, error, onChange }: Props) {
  return (
    <div className="grid gap-2">
      <p className="flex items-center gap-2 font-semibold wrap-anywhere">
        <span
          aria-hidden="true"
          className="size-3 shrink-0 rounded-full"
          style={{ background: zoneColor(zone.color) }}
        />
        <bdi>{zone.name}</bdi>
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)_7rem] items-start gap-3">
        <Field
          label={t('typeNameOf', { zone: zone.name })}
          value={value.name}
          maxLength={80}
          onChange={(event) => onChange({ ...value, name: event.target.value })}
        />
        <Field
          label={t('priceOf', { zone: zone.name, currency })}
          inputMode="decimal"
          value={value.price}
          error={error}
          onChange={(event) => onChange({ ...value, price: event.target.value })}
        />
      </div>
    </div>
  );
}
