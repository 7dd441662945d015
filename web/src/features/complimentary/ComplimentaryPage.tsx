import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { managedEventQuery } from '../organise/queries.ts';
import { IssueForm } from './IssueForm.tsx';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/complimentary');

/** The team gives tickets of an event away. */
export function ComplimentaryPage() {
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
      {event.status !== 'published' && <Notice className="mt-6">{t('notPublished')}</Notice>}
      {event.status === 'published' && may('tickets.issue') && <IssueForm event={event} />}
      {may('orders.read') && (
        <Link
          to={paths.soldOrders}
          search={{ org: event.organisation.id, event: event.id, origin: 'complimentary' }}
          className={buttonClass('quiet', 'medium', 'mt-10')}
        >
          {t('issued')}
        </Link>
      )}
    </Subpage>
  );
}
