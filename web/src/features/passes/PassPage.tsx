import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { managedEventQuery } from '../organise/queries.ts';
import { MakePass } from './MakePass.tsx';
import { PassPlaces } from './PassPlaces.tsx';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/pass');

/** The places of a pass and what its dates have of it. For an event that is no pass: making one for it and other dates. */
export function PassPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const may = useMay(event.organisation.id, event.id);
  const mayMake = may('events.edit');
  const title = t(event.isPass ? 'pass' : 'make');
  useTitle(`${title} · ${event.title}`);
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={title}
    >
      <p className="mt-2 text-muted">{t(event.isPass ? 'passText' : 'makeText')}</p>
      {event.isPass && <PassPlaces event={event} mayChange={may('places.block')} />}
      {!event.isPass && mayMake && <MakePass event={event} />}
      {!event.isPass && !mayMake && <Notice className="mt-6">{t('mayNot')}</Notice>}
    </Subpage>
  );
}
