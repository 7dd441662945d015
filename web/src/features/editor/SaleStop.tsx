import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { resumeSale, stopSale } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { eventSalesQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { useEventAct } from './queries.ts';
import { t } from './words.ts';

/** Takes a published event off sale, or puts it back. */
export function SaleStop({ event }: { event: ManagedEvent }) {
  const act = useEventAct(event.id);
  const [asking, setAsking] = useState(false);
  if (event.status !== 'published') return null;
  const params = { eventId: event.id };
  const since = event.takenOffSaleAt;
  return (
    <section className="grid justify-items-start gap-3 border-t border-line pt-6">
      <h3 className="text-lg font-bold">{t('sale')}</h3>
      {since ? (
        <>
          <Notice tone="warn" live>
            {t('offSaleSince', { when: formatWhen(since, event.timeZone, 'long') })}
          </Notice>
          <Button
            busy={act.isPending}
            onClick={() => act.mutate((version) => call(resumeSale, { params, ifMatch: version }))}
          >
            {t('putOnSale')}
          </Button>
        </>
      ) : (
        <>
          <p className="text-muted">{t('offSaleText')}</p>
          <Button look="quiet" onClick={() => setAsking(true)}>
            {t('takeOffSale')}
          </Button>
        </>
      )}
      {act.isError && (
        <Notice tone="bad" live>
          {sayProblem(act.error)}
        </Notice>
      )}
      {asking && (
        <StopDialog
          event={event}
          busy={act.isPending}
          onClose={() => setAsking(false)}
          onStop={() =>
            act.mutate((version) => call(stopSale, { params, ifMatch: version }), {
              onSettled: () => setAsking(false),
            })
          }
        />
      )}
    </section>
  );
}

/** Says what a stop means, and for how many. */
function StopDialog({
  event,
  busy,
  onClose,
  onStop,
}: {
  event: ManagedEvent;
  busy: boolean;
  onClose: () => void;
  onStop: () => void;
}) {
  const sales = useQuery({ ...eventSalesQuery(event.id), staleTime: 0 });
  return (
    <Dialog
      title={t('takeOffSale')}
      closeLabel={t('keepOnSale')}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('keepOnSale')}
          </Button>
          <Button busy={busy} onClick={onStop}>
            {t('takeOffSaleDo')}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {sales.data && (
          <p className="font-semibold">
            {t('holdTickets', { tickets: sales.data.tickets, buyers: sales.data.buyers })}
          </p>
        )}
        {sales.isError && <Notice tone="bad">{sayProblem(sales.error)}</Notice>}
        <ul className="list-disc ps-5">
          <li>{t('stopTickets')}</li>
          <li>{t('stopHolds')}</li>
          <li>{t('stopWaitlist')}</li>
          <li>{t('stopPage')}</li>
        </ul>
      </div>
    </Dialog>
  );
}
