import type { Event } from '../../../../contract/events.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { Stepper } from '../../ui/Stepper.tsx';
import type { Snapshot } from '../buy/availability.ts';
import { mostOf } from '../buy/sale.ts';
import type { Area } from './seat-model.ts';
import type { Selection } from './use-selection.ts';
import { t } from './words.ts';

export interface AreaProps {
  event: Event;
  types: Area['types'];
  availability: Snapshot | undefined;
  selection: Selection;
  onItems: (typeId: string, quantity: number) => void;
}

/** With fewer places left than this, the number is shown. */
const FEW = 20;

/** The ticket types of places without numbers, each with its price and a number to choose. */
export function AreaTickets({ event, types, availability, selection, onItems }: AreaProps) {
  return (
    <ul className="grid gap-1.5">
      {types.map((type) => {
        const quantity = selection.items.find((each) => each.type.id === type.id)?.quantity ?? 0;
        const left = availability ? selection.freeItems(type.id) : undefined;
        const most = mostOf(event, type, left ?? 0, selection.places - quantity);
        const few =
          left === 0 ? t('soldOut') : left !== undefined && left < FEW ? t('areaLeft', { count: left }) : '';
        return (
          <li key={type.id} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-1">
            <span className="min-w-0 grow basis-28">
              <bdi className="font-medium">{type.name}</bdi>
              <span className="block text-sm text-muted">
                {[formatMoney(type.price), few].filter(Boolean).join(' · ')}
              </span>
            </span>
            <Stepper
              label={type.name}
              fewer={t('fewer')}
              more={t('more')}
              value={quantity}
              max={Math.max(most, quantity)}
              onChange={(next) => onItems(type.id, next)}
            />
          </li>
        );
      })}
    </ul>
  );
}
