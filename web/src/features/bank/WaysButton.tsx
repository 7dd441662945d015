import { lazy, Suspense, useState } from 'react';
import type { EventId } from '../../../../contract/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { t } from './words.ts';

const EventWays = lazy(() => import('./EventWays.tsx'));

/** Opens how the buyers of an event may pay. */
export function WaysButton({ eventId }: { eventId: EventId }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button look="quiet" onClick={() => setIsOpen(true)}>
        {t('eventWays')}
      </Button>
      {isOpen && (
        <Dialog title={t('eventWays')} closeLabel={t('close')} onClose={() => setIsOpen(false)}>
          <Suspense fallback={<Skeleton className="h-64" />}>
            <EventWays eventId={eventId} />
          </Suspense>
        </Dialog>
      )}
    </>
  );
}
