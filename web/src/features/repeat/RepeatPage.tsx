import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { MadeDates } from '../../../../contract/event-dates.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { managedEventQuery } from '../organise/queries.ts';
import { RepeatForm } from './RepeatForm.tsx';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/repeat');

/** Makes more dates of an event: by simple choices, by a rule, or one by one. */
export function RepeatPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const mayInAll = useMay(event.organisation.id);
  const [made, setMade] = useState<MadeDates | null>(null);
  useTitle(`${t('title')} · ${event.title}`);
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('title')}
    >
      <p className="mt-2 text-muted">{t('text')}</p>
      {mayInAll('events.edit') ? (
        made ? (
          <Made made={made} timeZone={event.timeZone} organisationId={event.organisation.id} />
        ) : (
          <RepeatForm event={event} onMade={setMade} />
        )
      ) : (
        <Notice className="mt-6">{t('mayNot')}</Notice>
      )}
    </Subpage>
  );
}

function Made({
  made: { made },
  timeZone,
  organisationId,
}: {
  made: MadeDates;
  timeZone: string;
  organisationId: string;
}) {
  return (
    <div className="mt-6 grid gap-5">
      <Notice tone="good" live>
        {t('made', { count: made.length })}
      </Notice>
      <ul className="grid gap-2">
        {made.map(({ id, startsAt }) => (
          <li key={id}>
            <Link
              to={paths.managedEvent}
              params={{ eventId: id }}
              className="inline-flex min-h-11 items-center font-medium text-accent underline-offset-4 hover:underline"
            >
              <When at={startsAt} timeZone={timeZone} format="long" />
            </Link>
          </li>
        ))}
      </ul>
      <div>
        <Link to={paths.organise} search={{ org: organisationId }} className={buttonClass('quiet')}>
          {t('toEvents')}
        </Link>
      </div>
    </div>
  );
}
