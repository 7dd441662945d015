import { useMutation } from '@tanstack/react-query';
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

/** Corrects the address of an order and sends its tickets there. The buyer and the team read different words. */
export function AddressDialog({
  order,
  words,
  autoComplete,
  onClose,
  onSent,
}: {
  order: Order;
  words: { title: string; text: string; email: string; send: string; close: string };
  autoComplete: 'email' | 'off';
  onClose: () => void;
  onSent: (corrected: Order) => void;
}) {
  const act = useAct();
  const form = useContractForm(emailFields, { email: order.buyer.email });
  const correct = useMutation({
    mutationFn: (body: { email: string }) =>
      call(correctOrderAddress, { params: { orderId: order.id }, body, act }),
    onSuccess: onSent,
  });
  return (
    <Dialog title={words.title} closeLabel={words.close} onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={form.handleSubmit((body) => {
          if (!correct.isPending) correct.mutate(body);
        })}
      >
        <p>{words.text}</p>
        <Field
          label={words.email}
          type="email"
          autoComplete={autoComplete}
          {...form.field('email', undefined, { setValueAs: (value: string) => value.trim() })}
        />
        {correct.isError && (
          <Notice tone="bad" live>
            {sayProblem(correct.error)}
          </Notice>
        )}
        <Button type="submit" busy={correct.isPending}>
          {words.send}
        </Button>
      </form>
    </Dialog>
  );
}
