import { Field, Select } from '../../ui/Field.tsx';
import { type Chosen, nothingChosen, type Source } from './places.ts';
import { t } from './words.ts';

interface Props {
  sources: Source[];
  chosen: Chosen;
  most: number;
  onChange: (chosen: Chosen) => void;
}

/** Chooses places of a ticket type without numbers, or neighbouring seats. Lists work with keyboard and thumb. */
export function PlaceFields({ sources, chosen, most, onChange }: Props) {
  const { seats } = sources[chosen.at] ?? {};
  const seatSelect = (label: string, name: 'first' | 'last', from: number) => (
    <Select
      label={label}
      value={String(chosen[name])}
      onChange={({ target }) => {
        const at = Number(target.value);
        onChange({ ...chosen, [name]: at, last: Math.max(at, name === 'first' ? chosen.last : 0) });
      }}
    >
      {seats?.map(({ id, label: seat }, index) => (
        <option key={id} value={index} disabled={index < from}>
          {seat}
        </option>
      ))}
    </Select>
  );
  return (
    <>
      <Select
        label={t('where')}
        value={String(chosen.at)}
        onChange={({ target }) =>
          onChange({ ...nothingChosen, quantity: chosen.quantity, at: Number(target.value) })
        }
      >
        {sources.map(({ name, blockId }, index) => (
          <option key={`${blockId} ${name}`} value={index}>
            {name}
          </option>
        ))}
      </Select>
      {seats ? (
        <div className="grid gap-5 sm:grid-cols-2">
          {seatSelect(t('first'), 'first', 0)}
          {seatSelect(t('last'), 'last', chosen.first)}
        </div>
      ) : (
        <Field
          label={t('quantity')}
          type="number"
          inputMode="numeric"
          min={1}
          max={most}
          value={chosen.quantity}
          onChange={({ target }) => onChange({ ...chosen, quantity: target.value })}
        />
      )}
    </>
  );
}
