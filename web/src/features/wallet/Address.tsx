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
import { orderQuery } from './queries.ts';
import { t } from './words.ts';

/** Where the tickets went, and the way to another address, until a ticket was used. */
export function Address({ order, offline }: { order: Order; offline: boolean }) {
  const [asking, setAsking] = useState(false);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const used = order.tickets.some(({ status }) => status === 'used');
  if (order.status !== 'confirmed') return null;
  return (
    <div className="mt-4">
      {sentTo !== null && (
        <Notice tone="good" live className="mb-4">
          {t('addressSent', { email: sentTo })}
        </Notice>
      )}
      <Button
        look="quiet"
        disabledBecause={offline ? t('needsConnection') : used && t('addressFixed')}
        onClick={() => setAsking(true)}
      >
        {t('address')}
      </Button>
      {used && <p className="mt-2 text-sm text-muted">{t('addressFixed')}</p>}
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
    </div>
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
      client.setQueryData(orderQuery(order.id).queryKey, corrected);
      onSent(corrected.buyer.email);
    },
  });
  return (
    <Dialog title={t('addressTitle')} closeLabel={t('close')} onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={form.handleSubmit((body) => {
          if (!correct.isPending) correct.mutate(body);
        })}
      >
        <p>{t('addressText')}</p>
        <Field
          label={t('email')}
          type="email"
          autoComplete="email"
          {...form.field('email', undefined, { setValueAs: (value: string) => value.trim() })}
        />
        {correct.isError && (
          <Notice tone="bad" live>
            {sayProblem(correct.error)}
          </Notice>
        )}
        <Button type="submit" busy={correct.isPending}>
          {t('addressSend')}
        </Button>
      </form>
    </Dialog>
  );
}
