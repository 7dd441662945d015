import { Link } from '@tanstack/react-router';
import type { EventId } from '../../../../contract/ids.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { t } from './words.ts';

/** The way from an event's form to its seat plan. */
export function SeatPlanLink({ eventId }: { eventId: EventId }) {
  return (
    <p>
      <Link to={paths.eventSeatPlan} params={{ eventId }} className={buttonClass('quiet', 'small')}>
        {t('drawPlan')}
      </Link>
    </p>
  );
}
