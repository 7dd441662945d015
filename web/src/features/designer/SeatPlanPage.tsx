import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { getEventSeatPlan, saveEventSeatPlan } from '../../../../client/endpoints.generated.ts';
import { call } from '../../api/call.ts';
import { meQuery } from '../../api/session.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { managedEventQuery } from '../organise/queries.ts';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { Designer } from './Designer.tsx';
import { PlanPicture } from './PlanPicture.tsx';
import { eventPlanQuery } from './queries.ts';
import type { PlanPlace } from './use-autosave.ts';
import { useSaleMap } from './use-sale-map.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/seat-plan');

/** The designer of an event's seat plan. */
export function SeatPlanPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const { data: start } = useSuspenseQuery(eventPlanQuery(event.id));
  const { data: me } = useSuspenseQuery(meQuery);
  // A session that ends while somebody draws must not take the drawing off the desk.
  const [userId] = useState(me?.id);
  const client = useQueryClient();
  const may = useMay(event.organisation.id, event.id);
  useTitle(`${t('title')} · ${event.title}`);
  const saleMap = useSaleMap(event.id, start);
  const { note, seen } = saleMap;
  const place = useMemo<PlanPlace>(
    () => ({
      owner: { userId: userId ?? '', drawingId: event.id },
      save: async (plan, version) => {
        const body = { plan, ...seen() };
        const saved = await call(saveEventSeatPlan, {
          params: { eventId: event.id },
          ifMatch: version,
          body,
        });
        note(saved);
        return saved.version;
      },
      read: async () => {
        const theirs = await call(getEventSeatPlan, { params: { eventId: event.id }, query: {} });
        note(theirs);
        return theirs;
      },
    }),
    [event.id, userId, note, seen],
  );
  if (!userId) return <SignInFirst next={paths.organise} />;
  const back = { to: paths.managedEvent, params: { eventId: event.id } };
  if (!may('events.edit') || event.cancellation)
    return (
      <Subpage back={back} backText={event.title} title={t('title')}>
        <Notice className="my-6">{t(event.cancellation ? 'calledOff' : 'mayNot')}</Notice>
        <PlanPicture plan={start.plan} label={t('title')} />
      </Subpage>
    );
  return (
    <Designer
      key={event.id}
      title={event.title}
      back={back}
      event={event}
      organisationId={event.organisation.id}
      start={start}
      place={place}
      saleMap={saleMap}
      onEvent={(saved) => {
        client.setQueryData(managedEventQuery(eventId).queryKey, saved);
        void client.removeQueries({ queryKey: ['event'] });
      }}
    />
  );
}
