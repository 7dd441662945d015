import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { correctOrderAddress } from '../../../../client/endpoints.generated.ts';
import type { Order } from '../../../../contract/orders.ts';
import { emailFields } from '../../../../contract/person.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { historyQuery, soldOrderQuery } from './queries.ts';
import { t } from './words.ts';

/** For members who may: sends the tickets again, to the same address or to a corrected one. */
export function BuyerAddress({ order }: { order: Order }) {
  const [asking, setAsking] = useState(false);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const isUsed = order.tickets.some(({ status }) => status === 'used');
  return (
    <>
      <Button
        look="quiet"
        size="small"
        className="mt-3"
        disabledBecause={isUsed && t('addressFixed')}
        onClick={() => setAsking(true)}
      >
        {t('sendAgain')}
      </Button>
      <div aria-live="polite" className="mt-3 empty:hidden">
        {sentTo && <Notice tone="good">{t('sentTo', { email: sentTo })}</Notice>}
      </div>
      {asking && (
        <AddressDialog
          order={order}
          onClose={() => setAsking(false)}
          onSent={(email) => {
            setSentTo(email);
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

function AddressDialog({
  order,
  onClose,
  onSent,
}: {
  order: Order;
  onClose: () => void;
  onSent: (email: string) => void;
}) {
  const client = useQueryClient();
  const act = useAct();
  const form = useContractForm(emailFields, { email: order.buyer.email });
  const correct = useMutation({
    mutationFn: (body: { email: string }) =>
      call(correctOrderAddress, { params: { orderId: order.id }, body, act }),
    onSuccess: (corrected) => {
      client.setQueryData(soldOrderQuery(order.id).queryKey, corrected);
      void client.invalidateQueries({ queryKey: historyQuery(order.id).queryKey });
      onSent(corrected.buyer.email);
    },
  });
  return (
    <Dialog title={t('sendAgain')} closeLabel={t('close')} onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={form.handleSubmit((body) => {
          if (!correct.isPending) correct.mutate(body);
        })}
      >
        <p>{t('sendAgainText')}</p>
        <Field
          label={t('buyerEmail')}
          type="email"
          autoComplete="off"
          {...form.field('email', undefined, { setValueAs: (value: string) => value.trim() })}
        />
        {correct.isError && (
          <Notice tone="bad" live>
            {sayProblem(correct.error)}
          </Notice>
        )}
        <Button type="submit" busy={correct.isPending}>
          {t('send')}
        </Button>
      </form>
    </Dialog>
  );
}
