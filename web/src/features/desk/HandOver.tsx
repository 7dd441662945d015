import { useMutation, useQueryClient } from '@tanstack/react-query';
import { handOverRefund } from '../../../../client/endpoints.generated.ts';
import type { OrderId } from '../../../../contract/ids.ts';
import type { Refund } from '../../../../contract/refunds.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

/** The team says that the buyer of a door sale has the money of a refund back. */
export function HandOver({ orderId, refundId }: { orderId: OrderId; refundId: Refund['id'] }) {
  const client = useQueryClient();
  const handOver = useMutation({
    mutationFn: () => call(handOverRefund, { params: { orderId, refundId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sold'] }),
  });
  return (
    <>
      <Button look="quiet" className="mt-2" busy={handOver.isPending} onClick={() => handOver.mutate()}>
        {t('handOver')}
      </Button>
      {handOver.error && (
        <Notice tone="bad" live>
          {sayProblem(handOver.error)}
        </Notice>
      )}
    </>
  );
}
