import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { withdrawExchange } from '../../../../client/endpoints.generated.ts';
import type { OrderId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { soldOrderQuery } from '../desk/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/orders/$orderId');

/** Says to the team until when the place of the page's order is held for its holder to pay, and takes it back. */
export function AskedToPay() {
  const orderId = route.useParams().orderId as OrderId;
  const { data: order } = useSuspenseQuery(soldOrderQuery(orderId));
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => call(withdrawExchange, { params: { orderId } }),
    // After a refusal too: the holder may have paid meanwhile.
    onSettled: () => client.invalidateQueries({ queryKey: ['sold'] }),
  });
  const until = order.exchangeOf?.askedUntil;
  if (!until) return null;
  return (
    <Notice tone="warn" title={t('askedTitle')} className="mt-6">
      <p>
        {t('askedText', {
          amount: formatMoney(order.total),
          until: formatWhen(until, ownTimeZone()),
          email: order.buyer.email,
        })}
      </p>
      {withdraw.error && <p className="mt-2 font-medium text-bad">{sayProblem(withdraw.error)}</p>}
      <Button
        look="quiet"
        size="small"
        className="mt-3"
        busy={withdraw.isPending}
        onClick={() => withdraw.mutate()}
      >
        {t('askedWithdraw')}
      </Button>
    </Notice>
  );
}
