import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { appealOrderReview } from '../../../../client/endpoints.generated.ts';
import type { OrderId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { ownReviewQuery } from './queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/orders/$orderId');

/** Says why the tickets of the page's order wait and until when. The buyer may write to the organiser once. */
export function HeldOrder() {
  const orderId = route.useParams().orderId as OrderId;
  const { data: review } = useQuery(ownReviewQuery(orderId));
  if (!review || review.state === 'none') return null;
  if (review.state === 'unscored') return <Notice className="mt-6">{t('heldMoment')}</Notice>;
  return (
    <section aria-labelledby="held" className="mt-6 rounded-card border border-line bg-raised p-5 sm:p-6">
      <h2 id="held" className="text-xl font-bold tracking-tight">
        {t('heldTitle')}
      </h2>
      <p className="mt-2">{t('heldText', { until: formatWhen(review.until ?? '', ownTimeZone()) })}</p>
      <div aria-live="polite">
        {review.appeal && (
          <>
            <p className="mt-4 text-sm font-semibold">{t('appealSent')}</p>
            <p dir="auto" className="mt-1 whitespace-pre-wrap wrap-anywhere">
              {review.appeal.text}
            </p>
          </>
        )}
      </div>
      {review.state === 'open' && !review.appeal && <Appeal orderId={orderId} />}
    </section>
  );
}

function Appeal({ orderId }: { orderId: OrderId }) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const appeal = useMutation({
    mutationFn: () => call(appealOrderReview, { params: { orderId }, body: { text: text.trim() } }),
    onSuccess: (review) => client.setQueryData(ownReviewQuery(orderId).queryKey, review),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setMissing(text.trim() === '');
    if (text.trim() !== '' && !appeal.isPending) appeal.mutate();
  };
  return (
    <form onSubmit={send} className="mt-4 grid max-w-xl gap-3">
      <TextArea
        label={t('appealLabel')}
        hint={t('appealHint')}
        error={isMissing ? t('appealMissing') : undefined}
        value={text}
        maxLength={1000}
        rows={3}
        onChange={({ target }) => {
          setText(target.value);
          setMissing(false);
        }}
      />
      {appeal.error && (
        <Notice tone="bad" live>
          {sayProblem(appeal.error)}
        </Notice>
      )}
      <Button type="submit" look="quiet" busy={appeal.isPending} className="justify-self-start">
        {t('appealSend')}
      </Button>
    </form>
  );
}
