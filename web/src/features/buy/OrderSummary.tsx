import type { Event } from '../../../../contract/events.ts';
import type { Hold } from '../../../../contract/holds.ts';
import { placeLine } from '../../../../contract/place.ts';
import { Cover } from '../../ui/Cover.tsx';
import { formatMoney, Money } from '../../ui/Money.tsx';
import { When } from '../../ui/When.tsx';
import { t } from '../checkout/words.ts';
import { IncludedParts, OrderFeeRow, ResaleNote } from '../promo/PriceRows.tsx';
import { PromoRow } from '../promo/PromoRow.tsx';
import { fullPriceOf } from '../promo/promo.ts';
import { Policy } from './Policy.tsx';
import { t as tBuy } from './words.ts';

/** What is bought and what it costs. The figures stay the same up to the receipt. */
export function OrderSummary({ event, hold }: { event: Event; hold: Hold }) {
  return (
    <section aria-labelledby="summary" className="overflow-hidden rounded-3xl border border-line bg-raised">
      <div className="flex gap-4 p-4 lg:block lg:p-0">
        <Cover
          src={event.coverUrl}
          title={event.title}
          eager
          className="size-20 shrink-0 rounded-field lg:aspect-[3/2] lg:size-auto lg:w-full lg:rounded-none"
        />
        <div className="min-w-0 lg:p-5 lg:pb-0">
          <h2
            id="summary"
            dir="auto"
            className="page-side truncate text-lg font-bold tracking-tight lg:whitespace-normal"
          >
            {event.title}
          </h2>
          <p className="text-sm text-muted">
            <When at={event.startsAt} timeZone={event.timeZone} withZone />
            <br />
            <bdi>{placeLine(event.venue.name, event.venue.city) || t('online')}</bdi>
          </p>
        </div>
      </div>
      <ul className="mx-4 divide-y divide-line border-t border-line lg:mx-5 lg:mt-4">
        {hold.lines.map((line, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: each ticket of another person is a line of its own, so types repeat
          <li key={n} className="py-3">
            <p className="flex flex-wrap justify-between gap-x-4">
              <span>
                <span>{line.quantity} ×</span> <bdi>{line.name}</bdi>
              </span>
              <span>{formatMoney(fullPriceOf(line))}</span>
            </p>
            {line.seats?.map(({ seatId, section, row, seat }) => (
              <p key={seatId} className="text-sm text-muted">
                {row === '' ? t('seatNameNoRow', { section, seat }) : t('seatName', { section, row, seat })}
              </p>
            ))}
            {line.collect && <p className="text-sm text-muted">{t(`collect.${line.collect}`)}</p>}
            <ResaleNote line={line} />
          </li>
        ))}
        <PromoRow lines={hold.lines} />
        <OrderFeeRow fee={hold.orderFee} />
      </ul>
      <p className="mx-4 flex flex-wrap justify-between gap-x-4 border-t border-line py-4 text-lg font-bold lg:mx-5">
        {tBuy('total')}
        <Money value={hold.total} free={tBuy('free')} />
      </p>
      {hold.total.amount > 0 && (
        <div className="mx-4 -mt-2 pb-4 text-sm text-muted lg:mx-5">
          <IncludedParts lines={hold.lines} parts={hold.parts} />
          <p>{tBuy('totalIs')}</p>
        </div>
      )}
      <div className="mx-4 border-t border-line py-4 text-sm lg:mx-5">
        <h3 className="font-semibold">{tBuy('policy')}</h3>
        <Policy event={event} />
      </div>
    </section>
  );
}
