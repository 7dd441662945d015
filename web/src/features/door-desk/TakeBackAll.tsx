import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { undoDeviceScans } from '../../../../client/endpoints.generated.ts';
import type { DoorDevice } from '../../../../contract/door-links.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { instantOf } from '../../ui/time-zone.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { doorKey } from './queries.ts';
import { t } from './words.ts';

interface Props {
  event: ManagedEvent;
  device: DoorDevice;
}

/** Everything that a stopped device has scanned can be taken back, for example after it was stolen. */
export function TakeBackAll({ event, device }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [undone, setUndone] = useState<number | null>(null);
  return (
    <>
      <Button
        look="quiet"
        size="small"
        aria-label={`${t('takeBackAll')}: ${device.name}`}
        onClick={() => setOpen(true)}
      >
        {t('takeBackAll')}
      </Button>
      <p role="status" className="basis-full text-sm empty:hidden">
        {undone !== null && t('tookBack', { count: undone })}
      </p>
      {isOpen && (
        <TakeBackDialog
          event={event}
          device={device}
          onClose={() => setOpen(false)}
          onDone={(count) => {
            setUndone(count);
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

function TakeBackDialog({
  event,
  device,
  onClose,
  onDone,
}: Props & { onClose: () => void; onDone: (undone: number) => void }) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [since, setSince] = useState('');
  const undo = useMutation({
    mutationFn: async () => {
      let total = 0;
      for (;;) {
        const { undone, left } = await call(undoDeviceScans, {
          params: { eventId: event.id, doorDeviceId: device.id },
          body: { reason: reason.trim(), ...(since && { since: instantOf(since, event.timeZone) ?? '' }) },
        });
        total += undone;
        if (left === 0 || undone === 0) return total;
      }
    },
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: doorKey(event.id) }),
  });
  const missing = reason.trim() ? undefined : t('reasonMissing');
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (!missing && !undo.isPending) undo.mutate();
  };
  return (
    <Dialog title={t('takeBackAllTitle', { device: device.name })} closeLabel={t('close')} onClose={onClose}>
      <form className="grid gap-5" onSubmit={submit}>
        <p>{t('takeBackAllText')}</p>
        <Field
          label={t('takeBackSince')}
          hint={t('takeBackSinceHint', { zone: event.timeZone })}
          type="datetime-local"
          value={since}
          onChange={({ target }) => setSince(target.value)}
        />
        <Field
          label={t('reason')}
          aria-required
          maxLength={200}
          autoComplete="off"
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        <div aria-live="polite">{undo.error && <Notice tone="bad">{sayProblem(undo.error)}</Notice>}</div>
        <div className="flex flex-wrap justify-end gap-3 max-sm:*:grow">
          <Button look="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" busy={undo.isPending} disabledBecause={missing}>
            {t('takeBackAll')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
