import { useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import type { SeatId, TicketTypeId } from '../../../../contract/ids.ts';
import type { CheckedCode } from '../../../../contract/vouchers.ts';
import { Button } from '../../ui/Button.tsx';
import { Money } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Stepper } from '../../ui/Stepper.tsx';
import { mostOf } from '../buy/sale.ts';
import { usePlaceHold } from '../buy/use-place-hold.ts';
import { t as sayBuy } from '../buy/words.ts';
import { t } from './words.ts';

/** The tickets that a code opens, or the seat that is kept for it. They are held with the code. */
export function OpenedTickets({ event, known }: { event: Event; known: CheckedCode }) {
  const hold = usePlaceHold(event.id);
  const [chosen, setChosen] = useState<Record<string, number>>({});
  const items = known.opened.flatMap(({ id }) =>
    chosen[id] ? [{ ticketTypeId: id as TicketTypeId, quantity: chosen[id] }] : [],
  );
  const count = items.reduce((sum, { quantity }) => sum + quantity, 0);
  const refusal = hold.refusal && (
    <Notice tone="bad" className="mt-4" live>
      {hold.refusal}
    </Notice>
  );
  if (known.seat && known.opened.length === 0) {
    const seat = `${known.seat.section} ${known.seat.row}${known.seat.seat}`;
    return (
      <>
        <p className="mt-4 font-semibold">{t('reservedSeat', { seat })}</p>
        {refusal}
        <Button
          size="large"
          className="mt-6"
          busy={hold.isPending}
          onClick={() => hold.mutate({ seats: [{ seatId: known.seatId as SeatId }] })}
        >
          {t('takeSeat')}
        </Button>
      </>
    );
  }
  return (
    <section aria-labelledby="opened" className="mt-6">
      <h2 id="opened" className="text-xl font-bold tracking-tight">
        {t('opens')}
      </h2>
      {known.keepsPlaces && <p className="mt-1 text-good">{t('reserved')}</p>}
      <ul className="mt-2 divide-y divide-line">
        {known.opened.map((type) => {
          const quantity = chosen[type.id] ?? 0;
          const most = Math.min(
            known.usesLeft ?? type.available,
            mostOf(event, type, type.available, count - quantity),
          );
          return (
            <li key={type.id} className="flex flex-wrap items-center justify-between gap-4 py-4">
              <div className="min-w-0 grow basis-32">
                <p className="font-semibold">
                  <bdi>{type.name}</bdi>
                </p>
                {type.description && (
                  <p className="text-sm text-muted">
                    <bdi>{type.description}</bdi>
                  </p>
                )}
                <p className="mt-1">
                  <Money value={type.price} free={sayBuy('free')} />
                  <span className="ms-2 text-sm font-semibold text-warn">
                    {t('onlyLeft', { count: type.available })}
                  </span>
                </p>
              </div>
              <Stepper
                label={type.name}
                fewer={t('fewer')}
                more={t('moreOf')}
                value={quantity}
                max={Math.max(0, most)}
                onChange={(value) => {
                  hold.reset();
                  setChosen({ ...chosen, [type.id]: value });
                }}
              />
            </li>
          );
        })}
      </ul>
      {refusal}
      <Button
        size="large"
        className="mt-5"
        busy={hold.isPending}
        disabledBecause={count === 0 && sayBuy('chooseFirst')}
        onClick={() => hold.mutate({ items })}
      >
        {t('buy')}
      </Button>
    </section>
  );
}
