import { useMutation, useQueryClient } from '@tanstack/react-query';
import { putInvoiceAddress } from '../../../../client/endpoints.generated.ts';
import type { OrderDocuments } from '../../../../contract/documents.ts';
import type { Order } from '../../../../contract/orders.ts';
import { type InvoiceAddress, invoiceAddressFields } from '../../../../contract/parties.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { InvoiceFields, noAddress } from './InvoiceFields.tsx';
import { documentsQuery } from './queries.ts';
import { t } from './words.ts';

/** Asks whom the invoice names. */
export function InvoiceDialog({
  order,
  documents,
  onClose,
  onDone,
}: {
  order: Order;
  documents: OrderDocuments;
  onClose: () => void;
  onDone: (kind: 'invoice' | 'receipt') => void;
}) {
  const client = useQueryClient();
  const act = useAct();
  const form = useContractForm(invoiceAddressFields, documents.invoiceAddress ?? noAddress);
  const send = useMutation({
    mutationFn: (body: InvoiceAddress) =>
      call(putInvoiceAddress, { params: { orderId: order.id }, body, act }),
    onSuccess: (after) => {
      client.setQueryData(documentsQuery(order.id, order.refunded.amount).queryKey, after);
      onDone(
        after.items.findLast(({ kind }) => kind !== 'credit_note')?.kind === 'invoice'
          ? 'invoice'
          : 'receipt',
      );
    },
    onError: (error) => form.showRefusal(error),
  });
  return (
    <Dialog title={t('dialogTitle')} closeLabel={t('close')} onClose={onClose}>
      <form
        noValidate
        className="grid grid-cols-1 gap-4"
        onSubmit={form.handleSubmit((body) => {
          if (!send.isPending) send.mutate(body);
        })}
      >
        <p className="text-muted">
          {t('dialogText')} {t('correctionsLeft', { count: documents.correctionsLeft })}
        </p>
        <InvoiceFields form={form} />
        {send.isError && form.saysNothing() && (
          <Notice tone="bad" live>
            {sayProblem(send.error)}
          </Notice>
        )}
        <Button type="submit" busy={send.isPending}>
          {t('send')}
        </Button>
      </form>
    </Dialog>
  );
}
