import { formatMoney } from '../../ui/Money.tsx';
import type { Snapshot } from '../buy/availability.ts';
import { type PlacesProps, PlacesRow } from './PlacesRow.tsx';
import type { Area } from './seat-model.ts';
import { t } from './words.ts';

export interface AreaProps extends PlacesProps {
  types: Area['types'];
  availability: Snapshot | undefined;
}

/** With fewer places left than this, the number is shown. */
const FEW = 20;

/** The ticket types of places without numbers, each with its price and a number to choose. */
export function AreaTickets({ types, availability, ...props }: AreaProps) {
  const { items, freeItems } = props.selection;
  return (
    <ul className="grid gap-1.5">
      {types.map((type) => {
        const quantity = items.find((each) => each.type.id === type.id)?.quantity ?? 0;
        const left = availability ? freeItems(type.id) : undefined;
        const few =
          left === 0 ? t('soldOut') : left !== undefined && left < FEW ? t('areaLeft', { count: left }) : '';
        const note = [formatMoney(type.price), few].filter(Boolean).join(' · ');
        return <PlacesRow key={type.id} {...props} type={type} quantity={quantity} note={note} />;
      })}
    </ul>
  );
}
