import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  startOrderTransfer,
  startTransfer,
  withdrawTransfer,
} from '../../../../client/endpoints.generated.ts';
import type { OrderId, TicketId } from '../../../../contract/ids.ts';
import { transferFields } from '../../../../contract/person.ts';
import type { Transfer } from '../../../../contract/transfers.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

const refresh = (client: ReturnType<typeof useQueryClient>) =>
  client.invalidateQueries({ queryKey: ['transfers'] });

/** Offers a ticket to somebody, or shows the open offer and withdraws it. */
export function PassOn({
  ticketId,
  open,
  disabledBecause,
}: {
  ticketId: TicketId;
  /** The open offer of this ticket. */
  open: Transfer | undefined;
  disabledBecause: string | false;
}) {
  const [asking, setAsking] = useState(false);
  if (open) return <OpenOffer transfer={open} disabledBecause={disabledBecause} />;
  return (
    <>
      <Button look="quiet" size="small" disabledBecause={disabledBecause} onClick={() => setAsking(true)}>
        {t('passOn')}
      </Button>
      {asking && <PassOnDialog ticketId={ticketId} onClose={() => setAsking(false)} />}
    </>
  );
}

function OpenOffer({ transfer, disabledBecause }: { transfer: Transfer; disabledBecause: string | false }) {
  const client = useQueryClient();
  const act = useAct();
  const withdraw = useMutation({
    mutationFn: () => call(withdrawTransfer, { params: { transferId: transfer.id }, act }),
    onSettled: () => refresh(client),
  });
  return (
    <div className="w-full rounded-card bg-sunken p-4">
      <p className="wrap-anywhere">
        {t('offeredTo', {
          email: transfer.to.email,
          until: formatWhen(transfer.expiresAt, ownTimeZone()),
        })}
      </p>
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
        {t('withdraw')}
      </Button>
    </div>
  );
}

/** Offers all tickets of an order that the buyer still has to one person. Shown if there are two or more. */
export function PassOnAll({
  orderId,
  count,
  disabledBecause,
}: {
  orderId: OrderId;
  count: number;
  disabledBecause: string | false;
}) {
  const [asking, setAsking] = useState(false);
  if (count < 2) return null;
  return (
    <>
      <Button look="quiet" disabledBecause={disabledBecause} onClick={() => setAsking(true)}>
        {t('passOnAll', { count })}
      </Button>
      {asking && <PassOnDialog orderId={orderId} count={count} onClose={() => setAsking(false)} />}
    </>
  );
}

type Offered = { ticketId: TicketId } | { orderId: OrderId; count: number };

function PassOnDialog({ onClose, ...offered }: Offered & { onClose: () => void }) {
  const client = useQueryClient();
  const act = useAct();
  const form = useContractForm(transferFields, { email: '', message: '' });
  const start = useMutation({
    mutationFn: async (body: { email: string; message?: string | undefined }) => {
      if ('ticketId' in offered)
        await call(startTransfer, { params: { ticketId: offered.ticketId }, body, act });
      else await call(startOrderTransfer, { params: { orderId: offered.orderId }, body, act });
    },
    onSuccess: async () => {
      await refresh(client);
      onClose();
    },
  });
  const several = 'count' in offered && { count: offered.count };
  return (
    <Dialog
      title={several ? t('passOnAllTitle', several) : t('passOnTitle')}
      closeLabel={t('close')}
      onClose={onClose}
    >
      <form
        noValidate
        className="grid gap-4"
        onSubmit={form.handleSubmit((body) => {
          if (!start.isPending) start.mutate(body);
        })}
      >
        <p>{several ? t('passOnAllText', several) : t('passOnText')}</p>
        <Field
          label={t('email')}
          type="email"
          autoComplete="off"
          {...form.field('email', undefined, { setValueAs: (value: string) => value.trim() })}
        />
        <TextArea
          label={t('message')}
          hint={t('messageHint')}
          rows={3}
          maxLength={300}
          {...form.field('message', t('messageWrong'))}
        />
        {start.isError && (
          <Notice tone="bad" live>
            {sayProblem(start.error)}
          </Notice>
        )}
        <Button type="submit" busy={start.isPending}>
          {t('send')}
        </Button>
      </form>
    </Dialog>
  );
}
