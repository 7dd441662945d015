import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { replaceOrderLinks } from '../../../../client/endpoints.generated.ts';
import type { Order } from '../../../../contract/orders.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { orderQuery } from './queries.ts';
import { t } from './words.ts';

/** Ends the links of the order's mails, for a buyer whose mail came into the wrong hands. */
export function EndLinks({ order, offline }: { order: Order; offline: boolean }) {
  const [asking, setAsking] = useState(false);
  const [ended, setEnded] = useState(false);
  const client = useQueryClient();
  const act = useAct();
  const replace = useMutation({
    mutationFn: () => call(replaceOrderLinks, { params: { orderId: order.id }, act }),
    onSuccess: (after) => {
      client.setQueryData(orderQuery(order.id).queryKey, after);
      setEnded(true);
      setAsking(false);
    },
  });
  if (order.confirmedAt === null) return null;
  return (
    <div className="mt-4">
      {ended && (
        <Notice tone="good" live className="mb-4">
          {t('linksEnded', { email: order.buyer.email })}
        </Notice>
      )}
      <Button
        look="quiet"
        disabledBecause={offline && t('needsConnection')}
        onClick={() => {
          replace.reset();
          setAsking(true);
        }}
      >
        {t('linksEnd')}
      </Button>
      {asking && (
        <Dialog
          title={t('linksTitle')}
          closeLabel={t('close')}
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button look="quiet" onClick={() => setAsking(false)}>
                {t('linksKeep')}
              </Button>
              <Button look="danger" busy={replace.isPending} onClick={() => replace.mutate()}>
                {t('linksDo')}
              </Button>
            </>
          }
        >
          <p>{t('linksText', { email: order.buyer.email })}</p>
          <p className="mt-3">{t('linksCodes')}</p>
          {replace.isError && (
            <Notice tone="bad" live className="mt-4">
              {sayProblem(replace.error)}
            </Notice>
          )}
        </Dialog>
      )}
    </div>
  );
}
