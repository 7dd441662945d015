import { Link } from '@tanstack/react-router';
import type { EventId } from '../../../../contract/ids.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { t } from './words.ts';

/** Leads from an event's page of the team to its pass, or to making one for several dates. */
export function PassLink({ eventId }: { eventId: EventId }) {
  return (
    <Link to={paths.eventPass} params={{ eventId }} className={buttonClass('quiet')}>
      {t('pass')}
    </Link>
  );
}
