import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { managedEventQuery } from '../organise/queries.ts';
import { CodeList } from './CodeList.tsx';
import { MakeCodes } from './MakeCodes.tsx';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/codes');

/** The codes that the team made for an event in bulk. */
export function CodesPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const may = useMay(event.organisation.id, event.id);
  useTitle(`${t('title')} · ${event.title}`);
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('title')}
    >
      <p className="mt-2 text-muted">{t('text')}</p>
      {may('events.edit') && event.status !== 'cancelled' && <MakeCodes event={event} />}
      {may('events.edit') && <CodeList event={event} />}
    </Subpage>
  );
}
