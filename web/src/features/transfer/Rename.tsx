import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import { renameAttendee } from '../../../../client/endpoints.generated.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import { ticketNameSchema } from '../../../../contract/person.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

interface Props {
  ticketId: TicketId;
  name: string | null;
  disabledBecause?: string | false;
  /** Shows the new name, for example by loading the order again. */
  onRenamed: () => Promise<unknown>;
}

/** Changes the name on a ticket. */
export function Rename({ disabledBecause = false, ...ticket }: Props) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button look="quiet" size="small" disabledBecause={disabledBecause} onClick={() => setAsking(true)}>
        {t(ticket.name ? 'rename' : 'addName')}
      </Button>
      {asking && <RenameDialog {...ticket} onClose={() => setAsking(false)} />}
    </>
  );
}

const nameFields = z.strictObject({ name: ticketNameSchema });

function RenameDialog({ ticketId, name, onRenamed, onClose }: Props & { onClose: () => void }) {
  const act = useAct();
  const form = useContractForm(nameFields, { name: name ?? '' });
  const rename = useMutation({
    mutationFn: (body: { name: string }) => call(renameAttendee, { params: { ticketId }, body, act }),
    onSuccess: async () => {
      await onRenamed();
      onClose();
    },
  });
  return (
    <Dialog title={t('renameTitle')} closeLabel={t('close')} onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={form.handleSubmit((body) => {
          if (!rename.isPending) rename.mutate(body);
        })}
      >
        <p>{t('renameText')}</p>
        <Field label={t('name')} autoComplete="off" {...form.field('name')} />
        {rename.isError && (
          <Notice tone="bad" live>
            {sayProblem(rename.error)}
          </Notice>
        )}
        <Button type="submit" busy={rename.isPending}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  );
}
