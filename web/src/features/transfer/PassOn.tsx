import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { startTransfer, withdrawTransfer } from '../../../../client/endpoints.generated.ts';
import type { TicketId } from '../../../../contract/ids.ts';
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

function PassOnDialog({ ticketId, onClose }: { ticketId: TicketId; onClose: () => void }) {
  const client = useQueryClient();
  const act = useAct();
  const form = useContractForm(transferFields, { email: '', message: '' });
  const start = useMutation({
    mutationFn: (body: { email: string; message?: string | undefined }) =>
      call(startTransfer, { params: { ticketId }, body, act }),
    onSuccess: async () => {
      await refresh(client);
      onClose();
    },
  });
  return (
    <Dialog title={t('passOnTitle')} closeLabel={t('close')} onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={form.handleSubmit((body) => {
          if (!start.isPending) start.mutate(body);
        })}
      >
        <p>{t('passOnText')}</p>
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
