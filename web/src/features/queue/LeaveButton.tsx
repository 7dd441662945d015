import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { leaveQueue } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { myEntryQuery } from './queries.ts';
import { t } from './words.ts';

/** Asks first, because a position that was given up does not come back. */
export function LeaveButton({ eventId }: { eventId: EventId }) {
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const leave = useMutation({
    mutationFn: () => call(leaveQueue, { params: { eventId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: myEntryQuery(eventId).queryKey }),
  });
  return (
    <div className="-mx-4 mt-4">
      <Button look="plain" size="small" onClick={() => setAsks(true)}>
        {t('leave')}
      </Button>
      {asks && (
        <Dialog
          title={t('leaveTitle')}
          closeLabel={t('stay')}
          onClose={() => setAsks(false)}
          footer={
            <>
              <Button look="quiet" onClick={() => setAsks(false)}>
                {t('stay')}
              </Button>
              <Button look="danger" busy={leave.isPending} onClick={() => leave.mutate()}>
                {t('leave')}
              </Button>
            </>
          }
        >
          <p>{t('leaveText')}</p>
          {leave.error && (
            <Notice tone="bad" live className="mt-4">
              {sayProblem(leave.error)}
            </Notice>
          )}
        </Dialog>
      )}
    </div>
  );
}
