import { Link } from '@tanstack/react-router';
import type { Event } from '../../../../contract/events.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { t } from './words.ts';

/** Replaces what a buyer was doing when the organiser cancelled the event. `held`: places of the buyer are released. */
export function CalledOff({ event, held = false }: { event: Event; held?: boolean }) {
  return (
    <div className="mt-6">
      <Notice tone="bad" live title={t('eventCancelled')}>
        {event.cancellation && (
          <p dir="auto" className="wrap-anywhere">
            {event.cancellation.reason}
          </p>
        )}
        {held && <p className="mt-1">{t('cancelledHeld')}</p>}
      </Notice>
      <Link to={paths.explore} className={`mt-5 ${buttonClass('quiet')}`}>
        {t('otherEvents')}
      </Link>
    </div>
  );
}
