import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { resolveDoorConflict } from '../../../../client/endpoints.generated.ts';
import type { DoorConflict } from '../../../../contract/door-conflicts.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { doorConflictsQuery, doorKey } from './queries.ts';
import { t } from './words.ts';

/** What gates without a network did and the server does not agree with. The open ones come first. */
export function ConflictList({ event }: { event: ManagedEvent }) {
  const conflicts = useQuery(doorConflictsQuery(event.id));
  const [resolved, setResolved] = useState<DoorConflict | null>(null);
  if (conflicts.error)
    return (
      <Notice tone="bad" live className="mt-6">
        {sayProblem(conflicts.error)}
      </Notice>
    );
  const { items, open } = conflicts.data ?? { items: [], open: 0 };
  if (items.length === 0) return null;
  const inOrder = items.toSorted((a, b) => Number(isOpen(b)) - Number(isOpen(a)));
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('conflicts')}</h2>
      <p aria-live="polite" className="mt-1 text-muted">
        {t('conflictsOpen', { count: open })}
      </p>
      <ul className="mt-3 divide-y divide-line border-line not-empty:border-y">
        {inOrder.map((conflict) => (
          <ConflictRow
            key={conflict.id}
            event={event}
            conflict={conflict}
            onResolve={() => setResolved(conflict)}
          />
        ))}
      </ul>
      {resolved && <ResolveDialog event={event} conflict={resolved} onClose={() => setResolved(null)} />}
    </section>
  );
}

const isOpen = ({ resolution, clearedAt }: DoorConflict) => !resolution && !clearedAt;

interface RowProps {
  event: ManagedEvent;
  conflict: DoorConflict;
  onResolve: () => void;
}

function ConflictRow({ event, conflict, onResolve }: RowProps) {
  const { code, scan, admission, place, ticketTypeName, attendeeName, orderNumber, resolution } = conflict;
  const seat = place && [place.section, place.row, place.seat].filter(Boolean).join(' ');
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-4">
      <div className="min-w-0 flex-1 basis-56 wrap-anywhere">
        <p className={`font-semibold ${isOpen(conflict) ? 'text-bad' : 'text-muted'}`}>
          {t(`conflict.${code}`)}
        </p>
        <p className="text-sm">
          <bdi>{[ticketTypeName, seat, attendeeName].filter(Boolean).join(' · ')}</bdi>
          {' · '}
          <bdi dir="ltr">{orderNumber}</bdi>
        </p>
        {admission && <Side event={event} label={t('counts')} scan={admission} />}
        <Side event={event} label={t(admission ? 'double' : 'scanned')} scan={scan} />
        {conflict.clearedAt && <p className="mt-1 text-sm text-muted">{t('cleared')}</p>}
        {resolution && (
          <p className="mt-1 text-sm text-muted">
            <bdi>{resolution.by}</bdi>: <bdi>{resolution.note}</bdi>
          </p>
        )}
      </div>
      {isOpen(conflict) && (
        <Button look="quiet" size="small" aria-label={`${t('resolve')}: ${orderNumber}`} onClick={onResolve}>
          {t('resolve')}
        </Button>
      )}
    </li>
  );
}

/** When, where and by whom a ticket was scanned. The device's own time stands beside it if its clock was wrong. */
function Side({ event, label, scan }: { event: ManagedEvent; label: string; scan: DoorConflict['scan'] }) {
  const when = (at: string) => formatWhen(at, event.timeZone);
  const at = when(scan.scannedAt);
  const said = scan.saidAt && when(scan.saidAt);
  const where = [scan.gate, scan.device, scan.person].filter(Boolean).join(' · ');
  return (
    <p className="mt-1 text-sm text-muted">
      {label}: {at}
      {said && said !== at && <> ({t('ownClock', { when: said })})</>}
      {where && (
        <>
          {' · '}
          <bdi>{where}</bdi>
        </>
      )}
    </p>
  );
}

interface DialogProps {
  event: ManagedEvent;
  conflict: DoorConflict;
  onClose: () => void;
}

function ResolveDialog({ event, conflict, onClose }: DialogProps) {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const resolve = useMutation({
    mutationFn: () =>
      call(resolveDoorConflict, {
        params: { eventId: event.id, conflictId: conflict.id },
        body: { note: note.trim() },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: doorKey(event.id) });
      onClose();
    },
  });
  const missing = note.trim() ? undefined : t('noteMissing');
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    if (!missing && !resolve.isPending) resolve.mutate();
  };
  return (
    <Dialog title={t('resolveTitle')} closeLabel={t('close')} onClose={onClose}>
      <form className="grid gap-5" onSubmit={submit}>
        <TextArea
          label={t('note')}
          hint={t('noteHint')}
          value={note}
          maxLength={500}
          onChange={({ target }) => setNote(target.value)}
        />
        <div aria-live="polite">
          {resolve.error && <Notice tone="bad">{sayProblem(resolve.error)}</Notice>}
        </div>
        <div className="flex flex-wrap justify-end gap-3 max-sm:*:grow">
          <Button look="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" busy={resolve.isPending} disabledBecause={missing}>
            {t('resolve')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
