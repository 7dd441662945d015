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
  return (
    <Dialog
      title={t('cancelTitle')}
      closeLabel={t('close')}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('cancelKeep')}
          </Button>
          <Button look="danger" busy={cancel.isPending} onClick={() => cancel.mutate()}>
            {refund.amount > 0 ? t('cancelDo', { amount: formatMoney(refund) }) : t('cancelDoNothing')}
          </Button>
        </>
      }
    >
      <p>{t('cancelText')}</p>
      {order.total.amount > 0 && order.status !== 'pending' && (
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
