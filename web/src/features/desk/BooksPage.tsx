import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type AccountType, accountTypes } from '../../../../contract/account-types.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import type { Currency } from '../../../../contract/money.ts';
import type { Books, OrderBooks } from '../../../../contract/organiser-orders.ts';
import { paths } from '../../paths.ts';
import { formatMoney, Money } from '../../ui/Money.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { When } from '../../ui/When.tsx';
import { OrganisationPage } from '../organise/OrganisationPage.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { booksQuery } from './queries.ts';
import { sayMovement } from './say-movement.ts';
import { t } from './words.ts';

/** The money ledger of an organisation's orders in plain words. */
export function BooksPage() {
  return (
    <OrganisationPage title={t('books')} backText={t('back')}>
      {({ id }) => (
        <>
          <p className="mt-2 text-muted">{t('booksText')}</p>
          <Ledger organisationId={id} />
        </>
      )}
    </OrganisationPage>
  );
}

function Ledger({ organisationId }: { organisationId: OrganisationId }) {
  const books = useInfiniteQuery(booksQuery(organisationId));
  const [first] = books.data?.pages ?? [];
  const orders = books.data?.pages.flatMap((page) => page.orders) ?? [];
  return (
    <>
      {books.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(books.error)}
        </Notice>
      )}
      {books.isPending && <Skeleton className="mt-6 h-64" />}
      {first?.accounts.length === 0 && <p className="mt-8 text-muted">{t('noEntries')}</p>}
      {[...Map.groupBy(first?.accounts ?? [], ({ currency }) => currency)].map(([currency, accounts]) => (
        <Balances key={currency} currency={currency as Currency} accounts={accounts} />
      ))}
      {orders.length > 0 && (
        <section aria-labelledby="entries" className="mt-10">
          <h2 id="entries" className="text-xl font-bold tracking-tight">
            {t('entries')}
          </h2>
          <ul className="mt-3 divide-y divide-line border-y border-line">
            {orders.map((order) => (
              <Entries key={order.orderId} order={order} org={organisationId} />
            ))}
          </ul>
        </section>
      )}
      <MoreButton of={books}>{t('more')}</MoreButton>
    </>
  );
}

const sayAccount = (type: AccountType): string => t(`a_${type}`);

/** What the provider has comes last, like a sum: the others add up to it. */
const byType = (a: { type: AccountType }, b: { type: AccountType }): number =>
  accountTypes.indexOf(a.type) - accountTypes.indexOf(b.type);

function Balances({ currency, accounts }: { currency: Currency; accounts: Books['accounts'] }) {
  return (
    <section className="mt-8">
      <h2 className="text-xl font-bold tracking-tight">{t('balances', { currency })}</h2>
      <dl className="mt-3 divide-y divide-line border-y border-line">
        {[...accounts].sort(byType).map(({ type, balance }) => (
          <div
            key={type}
            className={`flex justify-between gap-4 py-3 ${type === 'provider' ? 'font-bold' : ''}`}
          >
            <dt className="min-w-0 wrap-anywhere">{sayAccount(type)}</dt>
            <dd>
              <bdi className="whitespace-nowrap">{formatMoney({ amount: balance, currency })}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const Entries = ({ order: { orderId, number, entries }, org }: { order: OrderBooks; org: string }) => (
  <li className="py-4">
    <h3 className="font-semibold">
      <Link
        to={paths.soldOrder}
        params={{ orderId }}
        search={{ org }}
        className="inline-flex min-h-11 items-center underline"
      >
        {t('order', { number })}
      </Link>
    </h3>
    {entries.length === 0 && <p className="text-sm text-muted">{t('orderWithout')}</p>}
    <ul className="grid gap-2">
      {entries.map(({ kind, from, to, amount, at }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added at the end
        <li key={i} className="flex justify-between gap-4 text-sm">
          <span className="min-w-0 wrap-anywhere">
            {t('moved', { kind: sayMovement(kind), from: sayAccount(from), to: sayAccount(to) })}
            <br />
            <span className="text-muted">
              <When at={at} timeZone={ownTimeZone()} />
            </span>
          </span>
          <Money value={amount} />
        </li>
      ))}
    </ul>
  </li>
);
