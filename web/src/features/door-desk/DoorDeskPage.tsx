import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { managedEventQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { ConflictList } from './ConflictList.tsx';
import { DeviceList } from './DeviceList.tsx';
import { LinkForm, type MadeLink } from './LinkForm.tsx';
import { LinkList } from './LinkList.tsx';
import { NewLink } from './NewLink.tsx';
import { doorLinksQuery } from './queries.ts';
import { useDoorNews } from './use-door-news.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/door');

/** The manager's page of the door: links for temps, and the devices that scan. */
export function DoorDeskPage() {
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
      {may('door.manage') ? <Door event={event} /> : <Notice className="mt-6">{t('mayNot')}</Notice>}
    </Subpage>
  );
}

function Door({ event }: { event: ManagedEvent }) {
  const links = useQuery(doorLinksQuery(event.id));
  useDoorNews(event.organisation.id, event.id);
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<MadeLink | null>(null);
  return (
    <>
      <div className="mt-6">
        <Button onClick={() => setMaking(true)}>{t('add')}</Button>
      </div>
      {links.error && (
        <Notice tone="bad" live className="mt-6">
          {sayProblem(links.error)}
        </Notice>
      )}
      {links.data && (
        <>
          <ConflictList event={event} />
          <DeviceList event={event} links={links.data} />
          <LinkList event={event} links={links.data} />
        </>
      )}
      {isMaking && (
        <LinkForm
          event={event}
          onClose={() => setMaking(false)}
          onMade={(link) => {
            setMaking(false);
            setMade(link);
          }}
        />
      )}
      {made && <NewLink event={event} made={made} onClose={() => setMade(null)} />}
    </>
  );
}
