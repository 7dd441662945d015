import type { ReactNode } from 'react';
import type { Event, TicketType } from '../../../../contract/events.ts';
import { Stepper } from '../../ui/Stepper.tsx';
import { mostOf } from '../buy/sale.ts';
import { fromLeast } from '../prices/unit-prices.ts';
import type { Selection } from './use-selection.ts';
import { t } from './words.ts';

export interface PlacesProps {
  event: Event;
  selection: Selection;
  onItems: (typeId: string, quantity: number) => void;
}

interface Props extends PlacesProps {
  type: TicketType;
  quantity: number;
  /** The line below the name, with an amount. */
  note: string;
  /** What its price needs to be said, and the field for a price that the buyer names. */
  children?: ReactNode;
}

/** One ticket type of places without numbers, and how many of them the buyer chooses. */
export function PlacesRow({ event, selection, onItems, type, quantity, note, children }: Props) {
  const most = mostOf(event, type, selection.freeItems(type.id), selection.places - quantity);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-1">
      <div className="min-w-0 grow basis-28">
        <bdi className="font-medium">{type.name}</bdi>
        <span className="block text-sm text-muted">{note}</span>
        {children}
      </div>
      <Stepper
        label={type.name}
        fewer={t('fewer')}
        more={t('more')}
        value={quantity}
        max={Math.max(most, quantity)}
        onChange={(next) => onItems(type.id, fromLeast(type, quantity, next))}
      />
    </li>
  );
}
