import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { OrderColumn } from '../../../../contract/order-columns.ts';
import type { FoundOrder } from '../../../../contract/organiser-orders.ts';
import { paths } from '../../paths.ts';
import { Money } from '../../ui/Money.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { When } from '../../ui/When.tsx';
import { OrderStatus } from '../wallet/OrderStatus.tsx';
import type { SearchOfOrders } from './order-filters.ts';
import { t } from './words.ts';

/** The words of each column, in its head and where a member chooses columns. */
export const columnWords = {
  email: 'c_email',
  event: 'f_event',
  ordered: 'c_ordered',
  tickets: 'tickets',
  attendees: 'c_attendees',
  code: 'f_code',
  tags: 'tags',
  status: 'f_status',
  refunded: 'refunded',
  total: 'total',
} as const satisfies Record<OrderColumn, string>;

interface Props {
  orders: FoundOrder[];
  columns: readonly OrderColumn[];
  /** Leads from an order back here. */
  search: SearchOfOrders;
  isBusy: boolean;
}

/** The orders as a table. On a phone each order is a card, and each of its cells has the name of its column. */
export function OrdersTable({ orders, columns, search, isBusy }: Props) {
  return (
    <div className="mt-6 md:overflow-x-auto">
      <table aria-label={t('title')} aria-busy={isBusy} className="w-full text-start max-md:block">
        <thead className="border-b border-line text-sm text-muted max-md:sr-only">
          <tr>
            {(['order', ...columns] as const).map((column) => (
              <th
                key={column}
                scope="col"
                className={`px-2 py-2 font-semibold first:ps-0 last:pe-0 ${isAmount(column) ? 'text-end' : 'text-start'}`}
              >
                {column === 'order' ? t('c_order') : t(columnWords[column])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-line max-md:block max-md:border-y md:border-b">
          {orders.map((order) => (
            <Row key={order.id} order={order} columns={columns} search={search} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isAmount = (column: string) => column === 'total' || column === 'refunded';

/** Cells that are never narrower than their text. The others get room for a word, and the table scrolls. */
const fits: Partial<Record<OrderColumn, string>> = {
  status: 'md:whitespace-nowrap',
  refunded: 'md:text-end',
  total: 'md:text-end',
};

function Row({ order, columns, search }: { order: FoundOrder } & Pick<Props, 'columns' | 'search'>) {
  const { id, number, buyer } = order;
  return (
    <tr className="relative align-top hover:bg-sunken max-md:block max-md:py-4">
      <th scope="row" className="px-2 py-3 ps-0 text-start wrap-anywhere max-md:block max-md:py-0">
        <Link
          to={paths.soldOrder}
          params={{ orderId: id }}
          search={search}
          className="font-semibold after:absolute after:inset-0"
        >
          <bdi>{number}</bdi>
          {buyer.name && (
            <>
              {' · '}
              <bdi>{buyer.name}</bdi>
            </>
          )}
        </Link>
      </th>
      {columns.map((column) => {
        const value = cell(order, column);
        return (
          <td
            key={column}
            className={`px-2 py-3 wrap-anywhere last:pe-0 max-md:flex max-md:gap-3 max-md:px-0 max-md:pt-1 max-md:pb-0 max-md:text-sm ${value ? '' : 'max-md:sr-only'} ${fits[column] ?? 'md:min-w-28'}`}
          >
            <span aria-hidden="true" className="w-28 max-w-2/5 shrink-0 text-muted md:hidden">
              {t(columnWords[column])}
            </span>
            <span className="min-w-0">{value}</span>
          </td>
        );
      })}
    </tr>
  );
}

/** Null if there is nothing to say. */
function cell(order: FoundOrder, column: OrderColumn): ReactNode {
  const { buyer, event, createdAt, lines, tickets, tags, refunded, total } = order;
  switch (column) {
    case 'email':
      return buyer.email && <bdi>{buyer.email}</bdi>;
    case 'event':
      return <bdi>{event.title}</bdi>;
    case 'ordered':
      return <When at={createdAt} timeZone={ownTimeZone()} />;
    case 'tickets':
      return texts(lines.map(({ quantity, name }) => `${quantity} × ${name}`));
    case 'attendees':
      return texts(tickets.flatMap(({ attendeeName }) => attendeeName || []));
    case 'code':
      return texts(lines.flatMap(({ promo }) => promo?.code ?? []));
    case 'tags':
      return texts(tags);
    case 'status':
      return <OrderStatus order={order} />;
    case 'refunded':
      return refunded.amount > 0 && <Money value={refunded} />;
    case 'total':
      return (
        <strong>
          <Money value={total} free={t('free')} />
        </strong>
      );
  }
}

/** Each text once, with its own direction. */
const texts = (all: string[]): ReactNode =>
  all.length > 0 &&
  [...new Set(all)].map((text, i) => (
    <span key={text}>
      {i > 0 && ', '}
      <bdi>{text}</bdi>
    </span>
  ));
