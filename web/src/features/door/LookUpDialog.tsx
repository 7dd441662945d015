import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CheckIn } from '../../../../contract/check-ins.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import type { FoundTicket } from './offline/find-here.ts';
import type { Gate } from './offline/gate.ts';
import { sayPlace } from './ScanResult.tsx';
import { t } from './words.ts';

/** Finds the ticket of a guest who has no code to show. Without a network it looks in what the device knows. */
export function LookUpDialog({
  gate,
  hasNames,
  isOffline,
  movement,
  onFound,
  onClose,
}: {
  gate: Gate;
  hasNames: boolean;
  isOffline: boolean;
  /** What happens to a ticket that is found: the button does it at once, so it says it. */
  movement: CheckIn['kind'];
  onFound: (ticketId: TicketId) => void;
  onClose: () => void;
}) {
  const [q, setQ] = useState('');
  const find = useMutation({ mutationFn: (text: string) => gate.find(text), networkMode: 'always' });
  const isShort = q.trim().length < 2;
  return (
    <Dialog title={t('lookUp')} closeLabel={t('close')} onClose={onClose}>
      <form
        className="flex flex-wrap items-start gap-x-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isShort && !find.isPending) find.mutate(q.trim());
        }}
      >
        <Field
          label={t('lookUpWhat')}
          hint={t(hints(isOffline || (find.data?.isLocal ?? false), hasNames))}
          className="min-w-0 grow basis-48"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          maxLength={80}
          value={q}
          onChange={(change) => setQ(change.target.value)}
        />
        <Button
          type="submit"
          className="mt-7"
          busy={find.isPending}
          disabledBecause={isShort && t('lookUpShort')}
        >
          {t('search')}
        </Button>
      </form>
      <div role="status" className="mt-4 text-muted">
        {find.data && (
          <>
            {find.data.tickets.length === 0 && <p>{t('lookUpNone')}</p>}
            {find.data.problem && <p>{sayProblem(find.data.problem)}</p>}
            {find.data.isLocal && <p>{t(find.data.problem ? 'lookUpHere' : 'lookUpLocal')}</p>}
            {find.data.hasMore && <p>{t('lookUpMore')}</p>}
          </>
        )}
      </div>
      <ul className="divide-y divide-line">
        {find.data?.tickets.map((ticket) => (
          <Found key={ticket.ticketId} ticket={ticket} act={t(acts[movement])} onFound={onFound} />
        ))}
      </ul>
    </Dialog>
  );
}

/** What may be typed, or what this device cannot find by itself. */
function hints(isLocal: boolean, hasNames: boolean) {
  if (isLocal) return hasNames ? 'lookUpLimits' : 'lookUpLimitsNoNames';
  return hasNames ? 'lookUpHint' : 'lookUpHintNoNames';
}

const acts = { entry: 'lookUpAdmit', exit: 'lookUpLetOut', handout: 'lookUpHandOut' } as const;

function Found({
  ticket,
  act,
  onFound,
}: {
  ticket: FoundTicket;
  act: string;
  onFound: (ticketId: TicketId) => void;
}) {
  const { ticketId, attendeeName, ticketTypeName, place, orderNumber, isOver } = ticket;
  const name = attendeeName ?? ticketTypeName;
  const rest = [
    attendeeName && ticketTypeName,
    place && sayPlace(place),
    t('order', { number: orderNumber }),
  ];
  return (
    <li className="flex flex-wrap items-center gap-3 py-3">
      <div className="min-w-0 grow basis-40">
        <p className="font-bold wrap-break-word">
          <bdi>{name}</bdi>
        </p>
        <p className="text-sm text-muted wrap-break-word">
          <bdi>{rest.filter(Boolean).join(' · ')}</bdi>
        </p>
        {isOver && (
          <p className="text-sm font-semibold text-warn">
            {t(isOver === 'used' ? 'lookUpUsed' : 'ticket_cancelled')}
          </p>
        )}
      </div>
      <Button look="quiet" aria-label={`${act}: ${name}, ${orderNumber}`} onClick={() => onFound(ticketId)}>
        {act}
      </Button>
    </li>
  );
}
