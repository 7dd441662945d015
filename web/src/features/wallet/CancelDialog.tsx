import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cancelOrder } from '../../../../client/endpoints.generated.ts';
import type { Money as Amount } from '../../../../contract/money.ts';
import type { Order } from '../../../../contract/orders.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { orderQuery, ordersQuery } from './queries.ts';
import { cancelWords, moneyOf } from './say-order.ts';
import { t } from './words.ts';

/** Asks for confirmation and shows the refund before anything is cancelled. */
export function CancelDialog({
  order,
  refund,
  onClose,
}: {
  order: Order;
  refund: Amount;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const act = useAct();
  const cancel = useMutation({
    mutationFn: () => call(cancelOrder, { params: { orderId: order.id }, act }),
    onSuccess: (cancelled) => {
      client.setQueryData(orderQuery(order.id).queryKey, cancelled);
      void client.invalidateQueries({ queryKey: ordersQuery.queryKey });
      onClose();
    },
    onError: () => {
      void client.invalidateQueries({ queryKey: orderQuery(order.id).queryKey });
    },
  });
  const words = cancelWords(order, refund.amount);
  return (
    <Dialog
      title={t('cancelTitle')}
      closeLabel={t('close')}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t(words.keep)}
          </Button>
          <Button look="danger" busy={cancel.isPending} onClick={() => cancel.mutate()}>
            {words.act === 'cancelDo' ? t('cancelDo', { amount: formatMoney(refund) }) : t(words.act)}
          </Button>
        </>
      }
    >
      <p>{t(words.text)}</p>
      {moneyOf(order) === 'paid' && (
        <p className="mt-4 rounded-card bg-sunken p-4">
          {t('cancelPays')} <strong className="text-xl">{formatMoney(refund)}</strong>{' '}
          {t('cancelOf', { total: formatMoney(order.total) })}
        </p>
      )}
      {cancel.isError && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(cancel.error)}
        </Notice>
      )}
    </Dialog>
  );
}
