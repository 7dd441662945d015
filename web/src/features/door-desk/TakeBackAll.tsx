import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { undoDeviceScans } from '../../../../client/endpoints.generated.ts';
import type { DoorDevice } from '../../../../contract/door-links.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { instantOf } from '../../ui/time-zone.ts';
import { doorKey } from './queries.ts';
import { ReasonDialog } from './ReasonDialog.tsx';
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
  const [since, setSince] = useState('');
  const undo = useMutation({
    mutationFn: async (reason: string) => {
      let total = 0;
      for (;;) {
        const { undone, left } = await call(undoDeviceScans, {
          params: { eventId: event.id, doorDeviceId: device.id },
          body: { reason, ...(since && { since: instantOf(since, event.timeZone) ?? '' }) },
        });
        total += undone;
        if (left === 0 || undone === 0) return total;
      }
    },
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: doorKey(event.id) }),
  });
  return (
    <ReasonDialog
      title={t('takeBackAllTitle', { device: device.name })}
      text={t('takeBackAllText')}
      submit={t('takeBackAll')}
      busy={undo.isPending}
      error={undo.error}
      onSubmit={undo.mutate}
      onClose={onClose}
    >
      <Field
        label={t('takeBackSince')}
        hint={t('takeBackSinceHint', { zone: event.timeZone })}
        type="datetime-local"
        value={since}
        onChange={({ target }) => setSince(target.value)}
      />
    </ReasonDialog>
  );
}
