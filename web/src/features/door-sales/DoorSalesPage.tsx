import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { DoorSale } from '../../../../contract/door-sales.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { managedEventQuery } from '../organise/queries.ts';
import { CashUp } from './CashUp.tsx';
import { SellForm } from './SellForm.tsx';
import { Sold } from './Sold.tsx';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/door-sales');

/** The box office: the team sells tickets, shows or prints them, and cashes up. */
export function DoorSalesPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const may = useMay(event.organisation.id, event.id);
  const [sale, setSale] = useState<DoorSale | null>(null);
  useTitle(`${t('title')} · ${event.title}`);
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('title')}
    >
      <p className="mt-2 text-muted">{t('text')}</p>
      {event.status !== 'published' && <Notice className="mt-6">{t('notPublished')}</Notice>}
      {sale && <Sold key={sale.order.id} eventId={event.id} sale={sale} onNext={() => setSale(null)} />}
      {!sale && event.status === 'published' && may('tickets.sell') && (
        <SellForm event={event} readsBlocks={may('places.block')} onSold={setSale} />
      )}
      {may('door-sales.read') && <CashUp eventId={event.id} />}
    </Subpage>
  );
}
