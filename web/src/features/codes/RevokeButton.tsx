import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeVouchers } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import type { Which } from './queries.ts';
import { t } from './words.ts';

interface Props {
  eventId: EventId;
  which: Which;
  count: number;
  label: string;
  ariaLabel?: string;
  className?: string;
}

/** Revokes codes after a question, because nobody can take it back. */
export function RevokeButton({ eventId, which, count, label, ariaLabel, className = '' }: Props) {
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const revoke = useMutation({
    mutationFn: () => call(changeVouchers, { params: { eventId }, body: { ...which, revoked: true } }),
    onSuccess: async () => {
      setAsks(false);
      await client.invalidateQueries({ queryKey: ['vouchers', eventId] });
    },
  });
  return (
    <>
      <Button
        look="quiet"
        size="small"
        aria-label={ariaLabel}
        className={className}
        onClick={() => setAsks(true)}
      >
        {label}
      </Button>
      {asks && (
        <Dialog
          title={ariaLabel ?? label}
          closeLabel={t('keep')}
          onClose={() => setAsks(false)}
          footer={
            <>
              <Button look="quiet" onClick={() => setAsks(false)}>
                {t('keep')}
              </Button>
              <Button look="danger" busy={revoke.isPending} onClick={() => revoke.mutate()}>
                {t('revokeSure')}
              </Button>
            </>
          }
        >
          <p>{t('revokeText', { count })}</p>
          {revoke.error && (
            <Notice tone="bad" live className="mt-4">
              {sayProblem(revoke.error)}
            </Notice>
          )}
        </Dialog>
      )}
    </>
  );
}
