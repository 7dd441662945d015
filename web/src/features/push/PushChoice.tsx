import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { readPushState, switchPushOff, switchPushOn } from './browser.ts';
import { t } from './words.ts';

const stateKey = ['push-state'];

/**
 * Offers notifications on this device, where they help. It shows nothing if the browser cannot show any, or if the person has
 * refused them. `offer` is for a page that has just become worth it: it shows nothing once they are on.
 */
export function PushChoice({ as }: { as: 'offer' | 'setting' }) {
  const client = useQueryClient();
  const { data: state } = useQuery({ queryKey: stateKey, queryFn: readPushState, staleTime: 0 });
  const change = useMutation({
    mutationFn: () => (state === 'on' ? switchPushOff() : switchPushOn()),
    onSuccess: (now) => client.setQueryData(stateKey, now),
  });
  if (!state || state === 'never') return null;
  if (as === 'offer' && ((state === 'on' && !change.isSuccess) || (state === 'refused' && !change.isSuccess)))
    return null;
  return (
    <section aria-labelledby="push" className="mt-10 rounded-card border border-line bg-surface p-5">
      <h2 id="push" className="text-lg font-bold tracking-tight">
        {t('title')}
      </h2>
      <p className="mt-1 text-muted">{t(state === 'refused' ? 'refused' : 'text')}</p>
      <p role="status" className="mt-2 font-semibold text-good empty:hidden">
        {state === 'on' ? t('isOn') : ''}
      </p>
      {state !== 'refused' && (state === 'off' || as === 'setting') && (
        <Button
          look={state === 'on' ? 'quiet' : 'primary'}
          className="mt-4"
          busy={change.isPending}
          onClick={() => change.mutate()}
        >
          {t(state === 'on' ? 'off' : 'on')}
        </Button>
      )}
      {change.isError && (
        <Notice tone="bad" live className="mt-3">
          {change.error instanceof DOMException ? t('failed') : sayProblem(change.error)}
        </Notice>
      )}
    </section>
  );
}
