import { useState } from 'react';
import type { Event, TicketType } from '../../../../contract/events.ts';
import type { NewHold } from '../../../../contract/holds.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Field.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Stepper } from '../../ui/Stepper.tsx';
import type { Snapshot } from '../buy/availability.ts';
import { mostOf } from '../buy/sale.ts';
import type { SeatModel } from './seat-model.ts';
import { t } from './words.ts';

interface Props {
  event: Event;
  model: SeatModel;
  /** The zone filter of the map. The search stays inside this zone. */
  zone: number | null;
  availability: Snapshot | undefined;
  busy: boolean;
  onFind: (body: NewHold) => void;
}

/** For buyers who do not want to choose: a number of seats together, and standing places if there are any. */
export function BestAvailable({ event, model, zone, availability, busy, onFind }: Props) {
  const [wantedId, setWantedId] = useState<string | null>(null);
  const [quantity, setQuantity] = useState(2);
  const filtered = zone === null ? undefined : model.zones[zone];
  const types = filtered && filtered.types.length > 0 ? filtered.types : event.ticketTypes;
  const type = types.find(({ id }) => id === wantedId) ?? types[0];
  if (!type) return null;
  const most = mostOf(event, type, availability?.available[type.id] ?? 0, 0);
  const count = Math.min(quantity, Math.max(most, 1));
  const find = () =>
    onFind(
      type.zone === null
        ? { items: [{ ticketTypeId: type.id, quantity: count }] }
        : { bestAvailable: { ticketTypeId: type.id, quantity: count } },
    );
  return (
    <section aria-labelledby="best" className="rounded-card bg-sunken p-4">
      <h2 id="best" className="font-bold">
        {t('best')}
      </h2>
      <p className="mt-0.5 text-sm text-muted">{t('bestText')}</p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Select
          label={t('bestWhere')}
          hideLabel
          className="w-full"
          value={type.id}
          onChange={(change) => setWantedId(change.target.value)}
        >
          {types.map((each) => (
            <option key={each.id} value={each.id}>
              {placeOf(each, model)}, {formatMoney(each.price)}
            </option>
          ))}
        </Select>
        <Stepper
          label={t('howMany')}
          fewer={t('fewer')}
          more={t('more')}
          min={1}
          value={count}
          max={most}
          onChange={setQuantity}
        />
        <Button
          look="quiet"
          className="min-w-[min(9rem,100%)] flex-1"
          busy={busy}
          disabledBecause={most === 0 && t('soldOut')}
          onClick={find}
        >
          {most === 0 ? t('soldOut') : t('bestFind', { count })}
        </Button>
      </div>
    </section>
  );
}

/** The zone first, because people look for a place and then for a price. Most tickets have the name of their zone. */
function placeOf(type: TicketType, model: SeatModel): string {
  const zone = model.zones.find(({ key }) => key === type.zone)?.name;
  return zone === undefined || zone === type.name ? type.name : `${zone}: ${type.name}`;
}
