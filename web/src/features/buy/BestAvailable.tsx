import { useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import type { NewHold } from '../../../../contract/holds.ts';
import type { TicketTypeId } from '../../../../contract/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Field.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Stepper } from '../../ui/Stepper.tsx';
import type { Snapshot } from './availability.ts';
import { mostOf } from './sale.ts';
import { t } from './words.ts';

interface Props {
  event: Event;
  availability: Snapshot | undefined;
  busy: boolean;
  onFind: (body: NewHold) => void;
}

/** For those who would rather not choose: so many places together, and standing ones where there are such. */
export function BestAvailable({ event, availability, busy, onFind }: Props) {
  const [typeId, setTypeId] = useState<TicketTypeId | undefined>(() => event.ticketTypes[0]?.id);
  const [quantity, setQuantity] = useState(2);
  const type = event.ticketTypes.find(({ id }) => id === typeId);
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
      <div className="mt-3 grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3">
        <Select
          label={t('bestWhere')}
          hideLabel
          className="col-span-2"
          value={type.id}
          onChange={(change) => setTypeId(change.target.value as TicketTypeId)}
        >
          {event.ticketTypes.map(({ id, name, price }) => (
            <option key={id} value={id}>
              {name}, {formatMoney(price)}
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
          className="row-start-2"
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
