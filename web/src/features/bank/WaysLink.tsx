import { Link } from '@tanstack/react-router';
import type { EventId } from '../../../../contract/ids.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { t } from './words.ts';

/** Leads from an event's page of the team to how its buyers may pay. */
export function WaysLink({ eventId }: { eventId: EventId }) {
  return (
    <Link to={paths.eventWays} params={{ eventId }} className={buttonClass('quiet')}>
      {t('eventWays')}
    </Link>
  );
}
