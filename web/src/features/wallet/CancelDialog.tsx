import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { cancelOrder } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { CancellationQuote, Order } from '../../../../contract/orders.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { orderQuery, ordersQuery, quoteQuery, refundsQuery } from './queries.ts';
import { cancelWords, isOwnValid, moneyOf } from './say-order.ts';
import { TicketChoice, type TicketId } from './TicketChoice.tsx';
import { t } from './words.ts';

/** Lets the buyer choose tickets, and shows what goes back, what is kept and until when before anything is cancelled. */
export function CancelDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const client = useQueryClient();
  const act = useAct();
  const valid = order.tickets.filter(isOwnValid);
  const [chosen, setChosen] = useState<TicketId[]>(valid.map(({ id }) => id));
  // The order says what the whole of it gives back.
  const whole = chosen.length === valid.length ? order.cancellation : null;
  const asked = useQuery({
    ...quoteQuery(order.id, chosen),
    enabled: whole === null && chosen.length > 0,
    placeholderData: keepPreviousData,
  });
  const isNone = chosen.length === 0 && valid.length > 0;
  const quote = isNone ? undefined : (whole ?? asked.data);
  const isFresh = whole !== null || (asked.isSuccess && !asked.isPlaceholderData);
  const cancel = useMutation({
    mutationFn: ({ refund }: CancellationQuote) =>
      call(cancelOrder, {
        params: { orderId: order.id },
        body: order.status === 'pending' ? {} : { tickets: chosen, refund },
        act,
      }),
    onSuccess: (cancelled) => {
      client.setQueryData(orderQuery(order.id).queryKey, cancelled);
      void client.invalidateQueries({ queryKey: ordersQuery.queryKey });
      void client.invalidateQueries({ queryKey: refundsQuery(order.id).queryKey });
      onClose();
    },
    onError: () => {
      // The order or the refund has changed: show the present figures.
      void client.invalidateQueries({ queryKey: orderQuery(order.id).queryKey });
      void client.invalidateQueries({ queryKey: quoteQuery(order.id, chosen).queryKey });
    },
  });
  const words = cancelWords(order, quote?.refund.amount ?? 0);
  const error = cancel.error ?? (whole === null ? asked.error : null);
  return (
    <Dialog
      title={t(valid.length > 1 ? 'cancelTitleTickets' : 'cancelTitle')}
      closeLabel={t('close')}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t(words.keep)}
          </Button>
          <Button
            look="danger"
            busy={cancel.isPending || (asked.isFetching && !isFresh)}
            disabledBecause={isNone ? t('cancelNone') : !quote && asked.isError && sayProblem(asked.error)}
            onClick={() => quote && isFresh && cancel.mutate(quote)}
          >
            {words.act === 'cancelDo' && quote
              ? t('cancelDo', { amount: formatMoney(quote.refund) })
              : t(words.act === 'cancelDo' ? 'cancelDoPlain' : words.act)}
          </Button>
        </>
      }
    >
      <p>{t(words.text)}</p>
      {valid.length > 1 && <TicketChoice order={order} chosen={chosen} onChange={setChosen} />}
      {quote && moneyOf(order) === 'paid' && <Figures order={order} quote={quote} />}
      {error && (
        <Notice tone="bad" live className="mt-4">
          {isProblem(error, 'refund_lower') ? t('cancelLower') : sayProblem(error)}
        </Notice>
      )}
    </Dialog>
  );
}

function Figures({ order, quote: { refund, fee, until } }: { order: Order; quote: CancellationQuote }) {
  const total = { ...refund, amount: refund.amount + fee.amount };
  return (
    <div aria-live="polite" className="mt-4 rounded-card bg-sunken p-4">
      <p>
        {t('cancelPays')} <strong className="text-xl">{formatMoney(refund)}</strong>{' '}
        {t('cancelOf', { total: formatMoney(total) })}
      </p>
      {fee.amount > 0 && <p className="mt-1">{t('cancelKept', { amount: formatMoney(fee) })}</p>}
      <p className="mt-1 text-sm text-muted">
        {t('cancelUntil', { when: formatWhen(until, order.event.timeZone) })}
      </p>
    </div>
  );
}
