import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { settleMoneyReview } from '../../../../client/endpoints.generated.ts';
import { currencies } from '../../../../contract/currencies.ts';
import type { MoneyReview, Settlement } from '../../../../contract/money-reviews.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { When } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { moneyReviewsQuery } from './queries.ts';
import { WaitingList } from './WaitingList.tsx';
import { t } from './words.ts';

/** Money that matches nothing, with what to do. What was settled is shown on demand. */
export function MoneyReviews() {
  const open = useInfiniteQuery(moneyReviewsQuery('open'));
  const [showsSettled, showSettled] = useState(false);
  return (
    <>
      <WaitingList title={t('money')} none={t('noMoney')} of={open}>
        {(review) => <Review key={review.id} review={review} />}
      </WaitingList>
      {showsSettled ? (
        <Settled />
      ) : (
        <Button look="quiet" size="small" className="mt-4" onClick={() => showSettled(true)}>
          {t('showSettled')}
        </Button>
      )}
    </>
  );
}

function Settled() {
  const settled = useInfiniteQuery(moneyReviewsQuery('settled'));
  return (
    <WaitingList title={t('settled')} none="–" of={settled}>
      {(review) => <Review key={review.id} review={review} />}
    </WaitingList>
  );
}

/** The provider may have taken money in a currency that Admit does not know. Then the number is in minor units. */
function sayAmount({ amount, currency }: MoneyReview['amount']): string {
  const known = currencies.find((each) => each === currency);
  return known ? formatMoney({ amount, currency: known }) : `${amount} ${currency}`;
}

function Review({ review }: { review: MoneyReview }) {
  const { reason, amount, reference, orderId, createdAt, advice, settled } = review;
  return (
    <li className="py-4">
      <p className="font-semibold wrap-anywhere">
        {t(reason)} · <bdi>{sayAmount(amount)}</bdi>
      </p>
      <p className="text-sm text-muted wrap-anywhere">
        <When at={createdAt} timeZone={ownTimeZone()} /> · {t('reference', { reference })}
        {orderId && (
          <>
            {' · '}
            <Link to={paths.soldOrder} params={{ orderId }} className="underline">
              {orderId}
            </Link>
          </>
        )}
      </p>
      <details className="mt-1" open={!settled}>
        <summary className="inline-flex min-h-11 cursor-pointer items-center text-sm font-medium underline">
          {t('advice')}
        </summary>
        <p className="text-start text-sm wrap-anywhere" dir="ltr" lang="en">
          {advice}
        </p>
      </details>
      {settled ? (
        <p className="mt-2 text-sm wrap-anywhere">
          {t(settled.as === 'refund' ? 'wasRefunded' : 'wasWrittenOff')} ·{' '}
          <When at={settled.at} timeZone={ownTimeZone()} /> · <bdi>{settled.note}</bdi>
        </p>
      ) : (
        <Decision review={review} />
      )}
    </li>
  );
}

function Decision({ review: { id, direction, amount } }: { review: MoneyReview }) {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const [isMissing, setMissing] = useState(false);
  const settle = useMutation({
    mutationFn: (action: Settlement) =>
      call(settleMoneyReview, { params: { moneyReviewId: id }, body: { action, note: note.trim() } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['money-reviews'] }),
  });
  const decide = (action: Settlement) => {
    setMissing(note.trim().length < 3);
    if (note.trim().length >= 3) settle.mutate(action);
  };
  return (
    <div className="mt-3 grid max-w-xl gap-3">
      <Field
        label={t('note')}
        hint={t('noteHint')}
        error={isMissing ? t('noteMissing') : undefined}
        value={note}
        maxLength={2000}
        onChange={({ target }) => {
          setNote(target.value);
          setMissing(false);
        }}
      />
      {settle.error && (
        <Notice tone="bad" live>
          {sayProblem(settle.error)}
        </Notice>
      )}
      <div className="flex flex-wrap gap-3">
        {direction === 'in' && (
          <Button
            busy={settle.isPending && settle.variables === 'refund'}
            disabled={settle.isPending}
            onClick={() => decide('refund')}
          >
            {t('refund', { amount: sayAmount(amount) })}
          </Button>
        )}
        <Button
          look="quiet"
          busy={settle.isPending && settle.variables === 'write_off'}
          disabled={settle.isPending}
          onClick={() => decide('write_off')}
        >
          {t('writeOff')}
        </Button>
      </div>
    </div>
  );
}
