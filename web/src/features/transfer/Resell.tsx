import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { offerResale, withdrawResale } from '../../../../client/endpoints.generated.ts';
import type { Event } from '../../../../contract/events.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import type { Resale } from '../../../../contract/resale-shapes.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { resaleQuery } from './queries.ts';
import { t } from './words.ts';

interface Props {
  ticketId: TicketId;
  /** The open offer of this ticket. */
  open: Resale | null | undefined;
  /** Undefined while it is not known. */
  terms: Event['resale'] | undefined;
  disabledBecause: string | false;
  onChanged: () => Promise<unknown>;
}

/** Offers a ticket to the people in the waitlist, or shows the open offer and takes it back. Absent where the event has no resale. */
export function Resell({ ticketId, open, terms, disabledBecause, onChanged }: Props) {
  const [asking, setAsking] = useState(false);
  if (open) return <OpenResale resale={open} disabledBecause={disabledBecause} onChanged={onChanged} />;
  if (!terms?.allowed) return null;
  return (
    <>
      <Button look="quiet" size="small" disabledBecause={disabledBecause} onClick={() => setAsking(true)}>
        {t('resell')}
      </Button>
      {asking && <ResellDialog ticketId={ticketId} onChanged={onChanged} onClose={() => setAsking(false)} />}
    </>
  );
}

function OpenResale({
  resale,
  disabledBecause,
  onChanged,
}: {
  resale: Resale;
  disabledBecause: string | false;
  onChanged: () => Promise<unknown>;
}) {
  const act = useAct();
  const withdraw = useMutation({
    mutationFn: () => call(withdrawResale, { params: { ticketId: resale.ticketId }, act }),
    onSettled: onChanged,
  });
  return (
    <div className="w-full rounded-card bg-sunken p-4">
      <p className="wrap-anywhere">{t(resale.status === 'reserved' ? 'resaleReserved' : 'onResale')}</p>
      <p className="mt-1 text-sm text-muted wrap-anywhere">{sayBack(resale)}</p>
      {withdraw.isError && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(withdraw.error)}
        </Notice>
      )}
      <Button
        look="quiet"
        size="small"
        className="mt-3"
        busy={withdraw.isPending}
        disabledBecause={disabledBecause}
        onClick={() => withdraw.mutate()}
      >
        {t('endResale')}
      </Button>
    </div>
  );
}

const sayBack = ({ back, until }: Pick<Resale, 'back' | 'until'>): string =>
  t('resaleBack', { back: formatMoney(back), until: formatWhen(until, ownTimeZone()) });

function ResellDialog({
  ticketId,
  onChanged,
  onClose,
}: {
  ticketId: TicketId;
  onChanged: () => Promise<unknown>;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const act = useAct();
  const quote = useQuery(resaleQuery(ticketId));
  const offer = useMutation({
    mutationFn: () => call(offerResale, { params: { ticketId }, act }),
    onSuccess: async () => {
      await onChanged();
      onClose();
    },
    // After the offer the quote would be refused, because the ticket is on resale.
    onError: () => client.invalidateQueries({ queryKey: resaleQuery(ticketId).queryKey }),
  });
  const problem = offer.error ?? quote.error;
  return (
    <Dialog title={t('resell')} closeLabel={t('close')} onClose={onClose}>
      <div className="grid gap-4">
        <p>{t('resellText')}</p>
        {quote.data && (
          <dl className="divide-y divide-line border-y border-line *:flex *:flex-wrap *:justify-between *:gap-x-4 *:py-3">
            <div>
              <dt>{t('resalePrice')}</dt>
              <dd>{formatMoney(quote.data.price)}</dd>
            </div>
            {quote.data.fee.amount > 0 && (
              <div>
                <dt>{t('resaleFee')}</dt>
                <dd>{formatMoney(quote.data.fee)}</dd>
              </div>
            )}
            <div className="font-bold">
              <dt>{t('resaleReturn')}</dt>
              <dd>{formatMoney(quote.data.back)}</dd>
            </div>
          </dl>
        )}
        {quote.data && <p className="text-sm text-muted">{sayBack(quote.data)}</p>}
        {problem && (
          <Notice tone="bad" live>
            {sayProblem(problem)}
          </Notice>
        )}
        <Button
          busy={offer.isPending}
          disabledBecause={quote.error ? sayProblem(quote.error) : !quote.data && t('wait')}
          onClick={() => offer.mutate()}
        >
          {t('resellNow')}
        </Button>
      </div>
    </Dialog>
  );
}
