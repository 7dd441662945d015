import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Me } from '../../../../contract/accounts.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { doorEventsQuery } from './queries.ts';
import { t } from './words.ts';

export function DoorPage() {
  useTitle(t('title'));
  const { data: me } = useSuspenseQuery(meQuery);
  if (!me || me.isGuest) return <SignInFirst next={paths.door} />;
  return (
    <div className="page max-w-2xl py-8 sm:py-12">
      <h1 tabIndex={-1} className="text-title font-extrabold">
        {t('pick')}
      </h1>
      <Events me={me} />
      <p className="mt-6">
        <Link to={paths.doorGuide} className="inline-block py-2 font-semibold underline underline-offset-2">
          {t('guideLink')}
        </Link>
      </p>
    </div>
  );
}

function Events({ me }: { me: Me }) {
  const { data: events = [] } = useQuery(doorEventsQuery(me));
  if (events.length === 0) {
    return (
      <EmptyState icon="ticket" title={t('none')}>
        {t('noneText')}
      </EmptyState>
    );
  }
  return (
    <ul className="mt-6 grid grid-cols-1 gap-3">
      {events.map((event) => (
        <li key={event.id}>
          <Link
            to={paths.doorScan}
            params={{ eventId: event.id }}
            className="flex min-h-20 items-center gap-4 rounded-card border border-line bg-raised p-4 hover:border-line-strong"
          >
            <span className="min-w-0 flex-1">
              <span dir="auto" className="page-side block truncate text-lg font-bold">
                {event.title}
              </span>
              <span className="block text-muted">
                <When at={event.startsAt} timeZone={event.timeZone} />
                {event.venue.name && (
                  <>
                    {' '}
                    · <bdi>{event.venue.name}</bdi>
                  </>
                )}
              </span>
            </span>
            <Icon name="right" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
