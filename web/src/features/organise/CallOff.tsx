import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { cancelEvent, retryEventCancellation } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Select, TextArea } from '../../ui/Field.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { cancellationQuery, eventSalesQuery, managedEventQuery } from './queries.ts';
import { t } from './words.ts';

/** Cancels an event for good. */
export function CallOff({ event }: { event: ManagedEvent }) {
  const [asking, setAsking] = useState(false);
  return (
    <div className="mt-12">
      <Button look="danger" onClick={() => setAsking(true)}>
        {t('callOff')}
      </Button>
      {asking && <CallOffDialog event={event} onClose={() => setAsking(false)} />}
    </div>
  );
}

/** Says what the cancellation means, and asks for the reason, the refund and the title. */
function CallOffDialog({ event, onClose }: { event: ManagedEvent; onClose: () => void }) {
  const client = useQueryClient();
  const act = useAct();
  const sales = useQuery({ ...eventSalesQuery(event.id), staleTime: 0 });
  const [reason, setReason] = useState('');
  const [refund, setRefund] = useState<'full' | 'none'>('full');
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const isNamed = typed.trim().toLocaleLowerCase() === event.title.trim().toLocaleLowerCase();
  const cancel = useMutation({
    mutationFn: () =>
      call(cancelEvent, { params: { eventId: event.id }, body: { reason: reason.trim(), refund }, act }),
    onSuccess: (progress) => {
      client.setQueryData(cancellationQuery(event.id).queryKey, progress);
      void client.invalidateQueries({ queryKey: managedEventQuery(event.id).queryKey });
      void client.invalidateQueries({ queryKey: ['managed', 'of'] });
      void client.removeQueries({ queryKey: ['event'] });
      onClose();
    },
  });
  const submit = () => {
    setTried(true);
    if (isNamed && reason.trim() !== '' && !cancel.isPending) cancel.mutate();
  };
  const error = cancel.error ?? sales.error;
  return (
    <Dialog
      title={t('callOff')}
      closeLabel={t('callOffKeep')}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('callOffKeep')}
          </Button>
          <Button look="danger" busy={cancel.isPending || sales.isPending} onClick={submit}>
            {t('callOffDo')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <p>{t('callOffText')}</p>
        {sales.data && <p className="font-semibold">{t('callOffHear', sales.data)}</p>}
        <TextArea
          label={t('callOffReason')}
          hint={t('callOffReasonHint')}
          rows={3}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
          error={tried && reason.trim() === '' ? t('callOffReasonMissing') : undefined}
        />
        <Select
          label={t('callOffMoney')}
          value={refund}
          onChange={({ target }) => setRefund(target.value === 'none' ? 'none' : 'full')}
        >
          <option value="full">
            {t('callOffFull', { amount: sales.data ? formatMoney(sales.data.refundable) : '…' })}
          </option>
          <option value="none">{t('callOffNone')}</option>
        </Select>
        <Field
          label={t('callOffName', { title: event.title })}
          autoComplete="off"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          error={tried && !isNamed ? t('callOffNameWrong') : undefined}
        />
        {error && (
          <Notice tone="bad" live>
            {sayProblem(error)}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}

/** How far the cancellation is, and what failed. */
export function CallOffProgress({ event }: { event: ManagedEvent }) {
  const client = useQueryClient();
  const query = cancellationQuery(event.id);
  const { data: progress, error } = useQuery(query);
  const retry = useMutation({
    mutationFn: () => call(retryEventCancellation, { params: { eventId: event.id } }),
    onSuccess: (after) => client.setQueryData(query.queryKey, after),
  });
  const isOver = progress !== undefined && progress.state !== 'running';
  // The numbers of the page have changed with the orders.
  useEffect(() => {
    if (isOver) void client.invalidateQueries({ queryKey: managedEventQuery(event.id).queryKey });
  }, [client, event.id, isOver]);
  if (error) return <Notice tone="bad">{sayProblem(error)}</Notice>;
  if (!progress) return null;
  const { state, orders, failures, reason, refund } = progress;
  const look = looks[state];
  return (
    <Notice tone={look.tone} title={t(look.title)} live>
      <p dir="auto" className="wrap-anywhere">
        {reason}
      </p>
      {refund === 'none' && <p>{t('callOffNone')}</p>}
      <p className="numeric mt-1">{t('callOffCount', orders)}</p>
      {failures.length > 0 && (
        <>
          <ul className="mt-2 grid gap-1">
            {failures.map(({ orderId, orderNumber, detail, amount }) => (
              <li key={`${orderId} ${detail}`} className="wrap-anywhere">
                <bdi className="font-semibold">{orderNumber}</bdi> {amount && formatMoney(amount)}{' '}
                <bdi>{detail}</bdi>
              </li>
            ))}
          </ul>
          <Button look="quiet" size="small" busy={retry.isPending} onClick={() => retry.mutate()}>
            {t('callOffRetry')}
          </Button>
        </>
      )}
      {retry.isError && <p>{sayProblem(retry.error)}</p>}
    </Notice>
  );
}

const looks = {
  running: { tone: 'info', title: 'callOffRunning' },
  done: { tone: 'good', title: 'callOffDone' },
  incomplete: { tone: 'bad', title: 'callOffIncomplete' },
} as const;
