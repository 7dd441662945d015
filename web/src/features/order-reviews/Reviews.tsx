import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { decideOrderReview } from '../../../../client/endpoints.generated.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import type { OrderReview } from '../../../../contract/order-reviews.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { formatMoney, Money } from '../../ui/Money.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen, When } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { reviewsQuery } from './queries.ts';
import { t } from './words.ts';

interface Of {
  /** Null for the orders of all organisations, about which only their teams decide. */
  organisationId: OrganisationId | null;
  mayDecide: boolean;
}

/** The orders that wait, and on demand those about which somebody has decided. */
export function Reviews(of: Of) {
  const [said, say] = useState<string>();
  const [showsDecided, showDecided] = useState(false);
  return (
    <>
      <div aria-live="polite">
        {said && (
          <Notice tone="good" className="mt-4">
            {said}
          </Notice>
        )}
      </div>
      <List {...of} state="open" onSaid={say} />
      {showsDecided ? (
        <section aria-labelledby="decided" className="mt-10">
          <h2 id="decided" className="text-xl font-bold tracking-tight">
            {t('decided')}
          </h2>
          <List {...of} state="decided" onSaid={say} />
        </section>
      ) : (
        <Button look="quiet" size="small" className="mt-6" onClick={() => showDecided(true)}>
          {t('showDecided')}
        </Button>
      )}
    </>
  );
}

function List({
  organisationId,
  mayDecide,
  state,
  onSaid,
}: Of & { state: 'open' | 'decided'; onSaid: (said: string) => void }) {
  const reviews = useInfiniteQuery(reviewsQuery(organisationId, state));
  const items = reviews.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {reviews.error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(reviews.error)}
        </Notice>
      )}
      {reviews.isPending && <Skeleton className="mt-6 h-64" />}
      {reviews.data && items.length === 0 && (
        <p className="mt-6 text-muted">{t(state === 'open' ? 'none' : 'noneDecided')}</p>
      )}
      <ul className="mt-4 divide-y divide-line border-line not-empty:border-y">
        {items.map((review) => (
          <li key={review.order.id} className="py-5">
            <Review
              review={review}
              isOwn={organisationId !== null}
              heading={state === 'open' ? 'h2' : 'h3'}
            />
            {review.state === 'open' && state === 'open' && organisationId !== null && (
              <Decision review={review} mayDecide={mayDecide} onSaid={onSaid} />
            )}
          </li>
        ))}
      </ul>
      <MoreButton of={reviews}>{t('more')}</MoreButton>
    </>
  );
}

function Review({
  review,
  isOwn,
  heading: Heading,
}: {
  review: OrderReview;
  isOwn: boolean;
  heading: 'h2' | 'h3';
}) {
  const { order, event, buyer, total, tickets, score, reasons, until, appeal, state, decided } = review;
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <Heading className="min-w-0 text-lg font-bold wrap-anywhere">
          {isOwn ? (
            <Link
              to={paths.soldOrder}
              params={{ orderId: order.id }}
              className="inline-flex min-h-11 items-center underline"
            >
              <bdi>{buyer.name}</bdi>
            </Link>
          ) : (
            <bdi>{buyer.name}</bdi>
          )}
        </Heading>
        <strong className="numeric">{t('score', { score })}</strong>
      </div>
      <p className="text-sm text-muted wrap-anywhere">
        <bdi>{buyer.email}</bdi> · <bdi>{event.title}</bdi> · <bdi>{order.number}</bdi> ·{' '}
        {t('tickets', { count: tickets })} · <Money value={total} />
      </p>
      <ul className="mt-3 grid gap-1">
        {reasons.map(({ signal, points, count }) => (
          <li key={signal} className="flex justify-between gap-4">
            <span className="min-w-0">{t(signal, { count })}</span>
            <span className="shrink-0 text-muted numeric">{t('points', { points })}</span>
          </li>
        ))}
      </ul>
      {appeal && (
        <>
          <p className="mt-3 text-sm font-semibold">{t('appeal')}</p>
          <p dir="auto" className="mt-1 whitespace-pre-wrap wrap-anywhere">
            {appeal.text}
          </p>
        </>
      )}
      <p className="mt-3 text-sm text-muted">
        {state === 'open' || !decided ? (
          t('until', { when: formatWhen(until, ownTimeZone()) })
        ) : (
          <>
            {t(state)}
            {decided.by === null && state === 'confirmed' && ` (${t('byTime')})`} ·{' '}
            <When at={decided.at} timeZone={ownTimeZone()} />
          </>
        )}
      </p>
    </>
  );
}

type Action = 'confirm' | 'refund';

function Decision({
  review: { order, total },
  mayDecide,
  onSaid,
}: {
  review: OrderReview;
  mayDecide: boolean;
  onSaid: (said: string) => void;
}) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const decide = useMutation({
    mutationFn: (action: Action) =>
      call(decideOrderReview, {
        params: { orderId: order.id },
        body: { action, ...(reason.trim() !== '' && { reason: reason.trim() }) },
      }),
    onSuccess: (_, action) => {
      onSaid(t(action === 'confirm' ? 'saidConfirmed' : 'saidRefunded', { number: order.number }));
      return client.invalidateQueries({ queryKey: ['order-reviews'] });
    },
  });
  const because = !mayDecide && t('mayNotDecide');
  const is = (action: Action) => decide.isPending && decide.variables === action;
  return (
    <div className="mt-4 grid max-w-xl gap-3">
      <Field
        label={t('reason')}
        value={reason}
        maxLength={500}
        onChange={({ target }) => setReason(target.value)}
      />
      {decide.error && (
        <Notice tone="bad" live>
          {sayProblem(decide.error)}
        </Notice>
      )}
      <div className="flex flex-wrap gap-3">
        <Button
          busy={is('confirm')}
          disabled={decide.isPending}
          disabledBecause={because}
          onClick={() => decide.mutate('confirm')}
        >
          {t('confirm')}
        </Button>
        <Button
          look="quiet"
          busy={is('refund')}
          disabled={decide.isPending}
          disabledBecause={because}
          onClick={() => decide.mutate('refund')}
        >
          {total.amount === 0 ? t('refundFree') : t('refund', { amount: formatMoney(total) })}
        </Button>
      </div>
    </div>
  );
}
