import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { refundOrder } from '../../../../client/endpoints.generated.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import type { Order } from '../../../../contract/orders.ts';
import { leftOfTicket } from '../../../../contract/refund-sum.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextArea } from '../../ui/Field.tsx';
import { formatMoney, Money } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { soldOrderQuery } from './queries.ts';
import { type Asked, planOf, type Way } from './refund-plan.ts';
import { nameOf } from './ticket-name.ts';
import { t } from './words.ts';

/** Asks what to refund and why, and shows the sum before the button. */
export function RefundForm({ order, onDone }: { order: Order; onDone: (said: string) => void }) {
  const client = useQueryClient();
  const act = useAct();
  const [asked, setAsked] = useState<Asked>({ way: 'whole', tickets: [], amount: '', keeps: null });
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const plan = planOf(order, asked);
  const money = { amount: plan.sumMinor ?? 0, currency: order.total.currency };
  const refund = useMutation({
    mutationFn: () =>
      call(refundOrder, {
        params: { orderId: order.id },
        body: { ...plan.body, reason: reason.trim() },
        act,
      }),
    onSuccess: ({ order: after, refund: made }) => {
      onDone(
        made ? t(made.isByHand ? 'doneByHand' : 'done', { amount: formatMoney(made.amount) }) : t('doneFree'),
      );
      client.setQueryData(soldOrderQuery(order.id).queryKey, after);
    },
    // After a refusal too: somebody else may have refunded the order meanwhile.
    onSettled: () => client.invalidateQueries({ queryKey: ['sold'] }),
  });
  if (plan.impossible) return <p className="mt-3 text-muted">{t(plan.impossible)}</p>;
  const change = (more: Partial<Asked>) => setAsked({ ...asked, ...more });
  const chosen = (id: TicketId) => asked.tickets.includes(id);
  const left = formatMoney({ amount: order.total.amount - order.refunded.amount, currency: money.currency });
  const isFree = order.total.amount === 0;
  return (
    <form
      noValidate
      className="mt-3 grid max-w-xl gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (plan.fault === null && reason.trim() !== '' && !refund.isPending) refund.mutate();
      }}
    >
      <fieldset>
        <legend className="mb-1.5 text-sm font-semibold">{t('what')}</legend>
        <div className="divide-y divide-line border-y border-line">
          {(isFree ? (['whole', 'byTicket'] as const) : ways).map((way) => (
            <Choice
              key={way}
              type="radio"
              name="way"
              checked={asked.way === way}
              onChange={() => change({ way, keeps: null })}
            >
              {t(way)}
            </Choice>
          ))}
        </div>
      </fieldset>
      {asked.way === 'byTicket' && (
        <fieldset aria-describedby="pick">
          <legend className="mb-1.5 text-sm font-semibold">{t('tickets')}</legend>
          <div className="divide-y divide-line border-y border-line">
            {order.tickets.filter(canBeChosen).map((ticket) => (
              <Choice
                key={ticket.id}
                type="checkbox"
                name="ticket"
                checked={chosen(ticket.id)}
                onChange={() =>
                  change({
                    tickets: chosen(ticket.id)
                      ? asked.tickets.filter((id) => id !== ticket.id)
                      : [...asked.tickets, ticket.id],
                  })
                }
              >
                <span className="wrap-anywhere">{nameOf(ticket)}</span>{' '}
                <span className="text-sm text-muted">
                  {t(ticket.status)} ·{' '}
                  <Money
                    value={{ amount: leftOfTicket(ticket), currency: money.currency }}
                    free={isFree ? t('free') : undefined}
                  />
                </span>
              </Choice>
            ))}
          </div>
          <p id="pick" className="mt-1.5 text-sm font-medium text-bad" aria-live="polite">
            {tried && plan.fault === 'pick' && t('pick')}
          </p>
        </fieldset>
      )}
      {asked.way === 'byAmount' && (
        <Field
          label={t('amount', { currency: money.currency })}
          inputMode="decimal"
          autoComplete="off"
          value={asked.amount}
          onChange={({ target: { value } }) => change({ amount: value })}
          error={tried && plan.fault === 'amountWrong' ? t('amountWrong', { left }) : undefined}
        />
      )}
      {!isFree && plan.couldEnd > 0 && (
        <Choice
          type="checkbox"
          name="keep"
          checked={plan.keeps}
          onChange={({ target: { checked } }) => change({ keeps: checked })}
        >
          {t('keep')}
        </Choice>
      )}
      <TextArea
        label={t('reason')}
        hint={t('reasonHint')}
        rows={3}
        maxLength={500}
        value={reason}
        onChange={({ target: { value } }) => setReason(value)}
        error={tried && reason.trim() === '' ? t('reasonMissing') : undefined}
      />
      <div className="rounded-card bg-sunken p-4" aria-live="polite">
        {!isFree && (
          <p className="flex flex-wrap items-baseline justify-between gap-x-4">
            {t('goesBack')}{' '}
            <strong className="text-xl">{plan.sumMinor === null ? '–' : formatMoney(money)}</strong>
          </p>
        )}
        <p className="text-sm">{plan.ends > 0 ? t('ends', { count: plan.ends }) : t('keeps')}</p>
      </div>
      {refund.isError && (
        <Notice tone="bad" live>
          {sayProblem(refund.error)}
        </Notice>
      )}
      <Button type="submit" look="danger" busy={refund.isPending}>
        {plan.sumMinor ? t('do', { amount: formatMoney(money) }) : isFree ? t('doFree') : t('refund')}
      </Button>
    </form>
  );
}

const ways: Way[] = ['whole', 'byTicket', 'byAmount'];

/** A cancelled ticket can be chosen while something of its price is left. */
const canBeChosen = (ticket: Order['tickets'][number]): boolean =>
  ticket.status === 'valid' || leftOfTicket(ticket) > 0;

function Choice({
  children,
  ...input
}: {
  children: ReactNode;
  type: 'radio' | 'checkbox';
  name: string;
  checked: boolean;
  onChange: (event: { target: { checked: boolean } }) => void;
}) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-h-12 items-center gap-3 py-2">
      <input {...input} id={id} className="size-6 shrink-0 accent-accent" />
      <span className="min-w-0">{children}</span>
    </label>
  );
}
