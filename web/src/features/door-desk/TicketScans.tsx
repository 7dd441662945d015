import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { undoCheckIn } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import type { TicketScan } from '../../../../contract/ticket-scans.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { refusalOf } from '../door/refusals.ts';
import { t as tDoor } from '../door/words.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { doorKey, ticketScansQuery } from './queries.ts';
import { ReasonDialog } from './ReasonDialog.tsx';
import { t } from './words.ts';

interface Props {
  event: ManagedEvent;
  ticketId: TicketId;
  may: { undo: boolean; seeOrder: boolean };
}

/** Everything that the door did with one ticket. A manager takes the latest admission back. */
export function TicketScans({ event, ticketId, may }: Props) {
  const { data, error } = useQuery(ticketScansQuery(event.id, ticketId));
  const [undone, setUndone] = useState<TicketScan | null>(null);
  const [isDone, setDone] = useState(false);
  if (error)
    return (
      <Notice tone="bad" live className="mt-6">
        {sayProblem(error)}
      </Notice>
    );
  if (!data) return <Skeleton className="mt-6 h-64" />;
  const seat = data.place && [data.place.section, data.place.row, data.place.seat].filter(Boolean).join(' ');
  return (
    <section className="mt-6">
      <h2 className="text-xl font-bold tracking-tight wrap-anywhere">
        <bdi>{data.attendeeName ?? data.ticketTypeName}</bdi>
      </h2>
      <p className="mt-1 text-muted wrap-anywhere">
        <bdi>{[data.attendeeName && data.ticketTypeName, seat].filter(Boolean).join(' · ')}</bdi>
      </p>
      <p className="mt-1">
        {t(`ticketState.${data.status}`)}
        {data.isInside && ` · ${t('isInside')}`}
        {' · '}
        {may.seeOrder ? (
          <Link
            to={paths.soldOrder}
            params={{ orderId: data.orderId }}
            className="font-semibold text-accent underline underline-offset-2"
          >
            {t('orderNumber', { number: data.orderNumber })}
          </Link>
        ) : (
          t('orderNumber', { number: data.orderNumber })
        )}
      </p>
      <div aria-live="polite" className="mt-4 empty:hidden">
        {isDone && <Notice tone="good">{t('undoneText')}</Notice>}
      </div>
      {data.items.length === 0 ? (
        <p className="mt-4 text-muted">{t('neverScanned')}</p>
      ) : (
        <ol className="mt-4 divide-y divide-line border-y border-line">
          {data.items.map((scan, at) => (
            <Scan
              // A ticket's scans only grow, and none moves.
              key={scan.checkInId ?? `${scan.at} ${at}`}
              scan={scan}
              timeZone={event.timeZone}
              onUndo={may.undo && scan.canUndo ? () => setUndone(scan) : undefined}
            />
          ))}
        </ol>
      )}
      {undone && (
        <UndoDialog
          event={event}
          scan={undone}
          onClose={() => setUndone(null)}
          onDone={() => {
            setUndone(null);
            setDone(true);
          }}
        />
      )}
    </section>
  );
}

function Scan({
  scan,
  timeZone,
  onUndo,
}: {
  scan: TicketScan;
  timeZone: string;
  onUndo: (() => void) | undefined;
}) {
  const { kind, counts, conflict, undone } = scan;
  const when = formatWhen(scan.at, timeZone);
  const said = scan.saidAt && formatWhen(scan.saidAt, timeZone);
  const where = [scan.gate, scan.checkpoint, scan.device, scan.person].filter(Boolean).join(' · ');
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-3">
      <div className="min-w-0 flex-1 basis-56 wrap-anywhere">
        <p className={`font-semibold ${kind === 'refused' ? 'text-bad' : counts ? '' : 'text-muted'}`}>
          {sayScan(scan)}
        </p>
        <p className="text-sm">
          <bdi>{when}</bdi>
          {scan.isOffline && ` · ${t('withoutNetwork')}`}
          {said && said !== when && ` · ${t('ownClock', { when: said })}`}
        </p>
        {where && (
          <p className="text-sm text-muted">
            <bdi>{where}</bdi>
          </p>
        )}
        {conflict && (
          <p className={`text-sm ${conflict.isOpen ? 'font-medium text-bad' : 'text-muted'}`}>
            {t(`conflict.${conflict.code}`)}
            {conflict.note && (
              <>
                {': '}
                <bdi>{conflict.note}</bdi>
              </>
            )}
          </p>
        )}
        {undone && (
          <p className="text-sm text-muted">
            {t('undoneBy', { name: undone.by || t('formerMember'), when: formatWhen(undone.at, timeZone) })}
            {': '}
            <bdi>{undone.reason}</bdi>
          </p>
        )}
      </div>
      {onUndo && (
        <Button look="quiet" size="small" onClick={onUndo}>
          {t('takeBack')}
        </Button>
      )}
    </li>
  );
}

function sayScan({ kind, refusal, counts, undone }: TicketScan): string {
  if (kind === 'refused')
    return refusal ? t('refusedBecause', { why: tDoor(refusalOf(refusal).title) }) : t('refusedByGate');
  if (counts) return t(`scan.${kind}`);
  return t(undone ? 'scanUndone' : 'scanNotCounted', { what: t(`scan.${kind}`) });
}

interface DialogProps {
  event: ManagedEvent;
  scan: TicketScan;
  onClose: () => void;
  onDone: () => void;
}

function UndoDialog({ event, scan, onClose, onDone }: DialogProps) {
  const client = useQueryClient();
  const act = useAct();
  const undo = useMutation({
    mutationFn: (reason: string) =>
      call(undoCheckIn, {
        params: { eventId: event.id, checkInId: scan.checkInId ?? ('' as never) },
        body: { reason },
        act,
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: doorKey(event.id) });
      onDone();
    },
  });
  return (
    <ReasonDialog
      title={t('takeBackTitle')}
      text={t('takeBackText')}
      hint={t('reasonHint')}
      submit={t('takeBack')}
      busy={undo.isPending}
      error={undo.error}
      onSubmit={undo.mutate}
      onClose={onClose}
    />
  );
}
