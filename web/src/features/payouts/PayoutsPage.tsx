import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { addressOf } from '../../../../client/endpoint.ts';
import { exportPayouts, getPayoutPdf } from '../../../../client/endpoints.generated.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import type { Payout, Payouts } from '../../../../contract/payouts.ts';
import { mayIn } from '../../../../contract/team-roles.ts';
import { paths } from '../../paths.ts';
import { Icon } from '../../ui/Icon.tsx';
import { language } from '../../ui/language.ts';
import { formatMoney, Money } from '../../ui/Money.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen, When } from '../../ui/When.tsx';
import { OrganisationPage } from '../organise/OrganisationPage.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { PayoutAccount } from './PayoutAccount.tsx';
import { payoutsQuery } from './queries.ts';
import { t } from './words.ts';

/** What the platform owes an organisation, and what it has paid. */
export function PayoutsPage() {
  return (
    <OrganisationPage
      title={t('title')}
      backText={t('back')}
      needs={{ capability: 'payouts.read', refusal: t('mayNot') }}
    >
      {(organisation) => (
        <Overview organisationId={organisation.id} mayConnect={mayIn(organisation, 'payouts.connect')} />
      )}
    </OrganisationPage>
  );
}

function Overview({ organisationId, mayConnect }: { organisationId: OrganisationId; mayConnect: boolean }) {
  const payouts = useInfiniteQuery(payoutsQuery(organisationId));
  const [first] = payouts.data?.pages ?? [];
  const items = payouts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {payouts.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(payouts.error)}
        </Notice>
      )}
      {payouts.isPending && <Skeleton className="mt-6 h-64" />}
      {first && (
        <>
          <p className="mt-2 text-muted">{t('text', { days: first.delayDays })}</p>
          <p className="mt-2">
            <Link
              to={paths.bank}
              search={{ org: organisationId }}
              className="inline-flex min-h-11 items-center font-semibold underline"
            >
              {t('bank')}
            </Link>
          </p>
          {first.account && (
            <PayoutAccount state={first.account} organisationId={organisationId} mayConnect={mayConnect} />
          )}
          {first.balances.length === 0 && <p className="mt-8 text-muted">{t('nothing')}</p>}
          {first.balances.map((balance) => (
            <Balance key={balance.owed.currency} balance={balance} />
          ))}
          {first.events.length > 0 && <Unpaid events={first.events} />}
          <section aria-labelledby="payouts" className="mt-10">
            <h2 id="payouts" className="text-xl font-bold tracking-tight">
              {t('payouts')}
            </h2>
            {items.length === 0 && <p className="mt-2 text-muted">{t('noPayouts')}</p>}
            <ul className="mt-3 divide-y divide-line border-line not-empty:border-y">
              {items.map((payout) => (
                <Paid key={payout.id} payout={payout} organisationId={organisationId} />
              ))}
            </ul>
            <MoreButton of={payouts}>{t('more')}</MoreButton>
            {items.length > 0 && <Downloads organisationId={organisationId} />}
          </section>
        </>
      )}
    </>
  );
}

function Balance({ balance: { owed, due, later, paid } }: { balance: Payouts['balances'][number] }) {
  return (
    <section className="mt-8">
      <h2 className="text-xl font-bold tracking-tight">{t('balance', { currency: owed.currency })}</h2>
      {owed.amount < 0 && (
        <Notice tone="warn" className="mt-3">
          {t('youOwe', { amount: formatMoney({ ...owed, amount: -owed.amount }) })}
        </Notice>
      )}
      <dl className="mt-3 grid divide-y divide-line border-y border-line sm:grid-cols-3 sm:gap-3 sm:divide-y-0 sm:border-y-0">
        {(
          [
            ['due', due],
            ['later', later],
            ['paid', paid],
          ] as const
        ).map(([name, value]) => (
          <div
            key={name}
            className="flex flex-wrap items-baseline justify-between gap-x-4 py-3 sm:block sm:rounded-card sm:border sm:border-line sm:bg-raised sm:p-4"
          >
            <dt className="text-muted">{t(name)}</dt>
            <dd className="text-xl font-bold numeric sm:mt-1">
              <Money value={value} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const Unpaid = ({ events }: { events: Payouts['events'] }) => (
  <section aria-labelledby="unpaid" className="mt-10">
    <h2 id="unpaid" className="text-xl font-bold tracking-tight">
      {t('byEvent')}
    </h2>
    <ul className="mt-3 divide-y divide-line border-y border-line">
      {events.map(({ eventId, title, dueAt, owed }) => (
        <li key={eventId} className="flex justify-between gap-4 py-2">
          <span className="min-w-0">
            <Link
              to={paths.managedEvent}
              params={{ eventId }}
              className="inline-flex min-h-11 items-center font-semibold wrap-anywhere underline"
            >
              <bdi>{title}</bdi>
            </Link>
            <span className="block text-sm text-muted">
              {owed.amount < 0
                ? t('owedAtOnce')
                : t('dueAt', { at: formatWhen(dueAt, ownTimeZone(), 'day') })}
            </span>
          </span>
          <span className="pt-2.5 numeric">
            <Money value={owed} />
          </span>
        </li>
      ))}
    </ul>
  </section>
);

function Paid({
  payout: { id, amount, reference, state, paidAt, lines },
  organisationId,
}: {
  payout: Payout;
  organisationId: OrganisationId;
}) {
  const pdf = addressOf(getPayoutPdf, { params: { organisationId, payoutId: id } });
  return (
    <li className="py-4">
      <p className="flex flex-wrap justify-between gap-x-4">
        <strong className="numeric">
          <Money value={amount} />
        </strong>
        <When at={paidAt} timeZone={ownTimeZone()} format="day" />
      </p>
      <p className="mt-1 text-sm text-muted wrap-anywhere">{t('reference', { reference })}</p>
      {state === 'sending' && <p className="mt-1 text-sm font-medium">{t('sending')}</p>}
      {state === 'failed' && (
        <Notice tone="warn" className="mt-2">
          {t('failed')}
        </Notice>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-4">
        <details className="min-w-0 grow basis-56">
          <summary className="inline-flex min-h-11 cursor-pointer items-center text-sm font-medium underline">
            {t('events', { count: lines.length })}
          </summary>
          <ul className="grid gap-1 pb-2 text-sm">
            {lines.map(({ eventId, title, amount: minor }) => (
              <li key={eventId} className="flex justify-between gap-4">
                <bdi className="min-w-0 wrap-anywhere">{title}</bdi>
                <Money value={{ ...amount, amount: minor }} />
              </li>
            ))}
          </ul>
        </details>
        {state !== 'failed' && (
          <a
            href={`${pdf}?${new URLSearchParams({ language: language() })}`}
            download
            aria-label={t('statementOf', { amount: formatMoney(amount) })}
            className={download}
          >
            <Icon name="download" size={16} />
            {t('statement')}
          </a>
        )}
      </div>
    </li>
  );
}

const download =
  'inline-flex min-h-11 items-center gap-1.5 rounded-control font-semibold text-accent underline-offset-4 hover:underline';

/** The names of the formats are the same in all languages. Excel reads a CSV as UTF-8 only with a byte order mark. */
const formats = { csv: 'CSV', xlsx: 'Excel', json: 'JSON' } as const;

const Downloads = ({ organisationId }: { organisationId: OrganisationId }) => (
  <p className="mt-4 flex flex-wrap items-center gap-x-4">
    {t('download')}
    {(['csv', 'xlsx', 'json'] as const).map((format) => (
      <a
        key={format}
        href={`${addressOf(exportPayouts, { params: { organisationId, payoutsFile: `payouts.${format}` } })}${format === 'csv' ? '?bom=yes' : ''}`}
        download
        aria-label={t('downloadAs', { format: formats[format] })}
        className={download}
      >
        <Icon name="download" size={16} />
        <bdi>{formats[format]}</bdi>
      </a>
    ))}
  </p>
);
