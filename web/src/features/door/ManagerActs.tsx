import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { undoCheckIn } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import type { ScanOutcome } from './scan-outcome.ts';
import { t } from './words.ts';

/** What a manager may do about the result on the screen: take the scan back, or admit a ticket whose payment is disputed. */
export function ManagerActs({
  eventId,
  outcome,
  onOverrule,
}: {
  eventId: EventId;
  outcome: ScanOutcome;
  onOverrule: (refusal: 'ticket_disputed') => void;
}) {
  const [isUndoing, setUndoing] = useState(false);
  const checkInId = outcome.kind === 'admitted' ? outcome.checkInId : undefined;
  return (
    <>
      {checkInId && (
        <Button look="quiet" onClick={() => setUndoing(true)}>
          {t('undo')}
        </Button>
      )}
      {outcome.kind === 'refused' && outcome.code === 'ticket_disputed' && (
        <Button look="quiet" onClick={() => onOverrule('ticket_disputed')}>
          {t('admitAnyway')}
        </Button>
      )}
      {isUndoing && checkInId && (
        <UndoDialog eventId={eventId} checkInId={checkInId} onClose={() => setUndoing(false)} />
      )}
    </>
  );
}

function UndoDialog({
  eventId,
  checkInId,
  onClose,
}: {
  eventId: EventId;
  checkInId: `chk_${string}`;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const act = useAct();
  const undo = useMutation({
    mutationFn: () =>
      call(undoCheckIn, { params: { eventId, checkInId }, body: { reason: reason.trim() }, act }),
  });
  return (
    <Dialog title={t('undo')} closeLabel={t('close')} onClose={onClose}>
      {undo.isSuccess ? (
        <Notice tone="good" live title={t('undone')} />
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim() !== '' && !undo.isPending) undo.mutate();
          }}
        >
          <Field
            label={t('undoReason')}
            hint={t('undoHint')}
            required
            maxLength={200}
            autoComplete="off"
            value={reason}
            onChange={(change) => setReason(change.target.value)}
          />
          {undo.error && <Notice tone="bad" live title={sayProblem(undo.error)} />}
          <Button type="submit" busy={undo.isPending}>
            {t('undo')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
