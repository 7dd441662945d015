import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { restoreEvent } from '../../../../client/endpoints.generated.ts';
import type { PlatformEvent, PlatformOrder } from '../../../../contract/platform-desk.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { When } from '../../ui/When.tsx';
import { ActButton } from './Act.tsx';
import { removals } from './decisions.ts';
import { Filters, Mark, Rows, useSearched, useStateOf } from './List.tsx';
import { eventsQuery, ordersQuery } from './queries.ts';
import { Reasons } from './Reasons.tsx';
import { t } from './words.ts';

/** Events of all organisations, to be removed and put back. */
export function Events() {
  const found = useInfiniteQuery(eventsQuery(useSearched(), useStateOf(['all', 'removed'])));
  return (
    <>
      <Filters hint={t('findEvents')} states={{ all: t('all'), removed: t('removed') }} />
      <Rows of={found}>{(event) => <Found key={event.id} event={event} />}</Rows>
    </>
  );
}

function Found({ event }: { event: PlatformEvent }) {
  const { id, title, slug, status, isRemoved, startsAt, timeZone, organisation } = event;
  return (
    <li className="py-4">
      <p className="flex flex-wrap items-center gap-2 font-semibold wrap-anywhere">
        {status === 'published' ? (
          <Link to={paths.event} params={{ slug }} className="underline">
            <bdi>{title}</bdi>
          </Link>
        ) : (
          <bdi>{title}</bdi>
        )}
        {isRemoved && <Mark>{t('removed')}</Mark>}
      </p>
      <p className="text-sm text-muted wrap-anywhere">
        {t(status)} · <When at={startsAt} timeZone={timeZone} /> ·{' '}
        <Link
          to={paths.platformDesk}
          params={{ section: 'organisations' }}
          search={{ q: organisation.id }}
          className="underline"
        >
          <bdi>{organisation.name}</bdi>
        </Link>{' '}
        · <bdi dir="ltr">{id}</bdi>
      </p>
      {isRemoved ? (
        <div className="mt-3">
          <ActButton act={() => call(restoreEvent, { params: { eventId: id } })}>{t('restore')}</ActButton>
        </div>
      ) : (
        <Reasons title={t('remove')} choices={removals(id)} />
      )}
    </li>
  );
}

/** Orders of all organisations. */
export function Orders() {
  const found = useInfiniteQuery(ordersQuery(useSearched()));
  return (
    <>
      <Filters hint={t('findOrders')} />
      <Rows of={found}>{(order) => <Order key={order.id} order={order} />}</Rows>
    </>
  );
}

const Order = ({
  order: { id, number, buyer, event, organisation, total, createdAt },
}: {
  order: PlatformOrder;
}) => (
  <li className="py-4">
    <p className="font-semibold wrap-anywhere">
      <bdi dir="ltr">{number}</bdi> · <bdi>{formatMoney(total)}</bdi>
    </p>
    <p className="text-sm text-muted wrap-anywhere">
      <bdi>{buyer.name}</bdi> · <bdi dir="ltr">{buyer.email}</bdi> ·{' '}
      <When at={createdAt} timeZone={ownTimeZone()} />
    </p>
    <p className="text-sm text-muted wrap-anywhere">
      <bdi>{event.title}</bdi> · <bdi>{organisation.name}</bdi> · <bdi dir="ltr">{id}</bdi>
    </p>
  </li>
);
