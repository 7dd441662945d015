import { useMutation } from '@tanstack/react-query';
import { connectPayouts } from '../../../../client/endpoints.generated.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import type { PayoutAccountState } from '../../../../contract/payouts.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

const says = {
  not_connected: { text: 'autoText', button: 'autoConnect', look: 'primary' },
  information_missing: { text: 'autoMissing', button: 'autoComplete', look: 'primary' },
  ready: { text: 'autoReady', button: 'autoChange', look: 'quiet' },
} as const;

/** Whether payouts are transferred by themselves, and the way to the provider's page where the account is opened. */
export function PayoutAccount({
  state,
  organisationId,
  mayConnect,
}: {
  state: PayoutAccountState;
  organisationId: OrganisationId;
  mayConnect: boolean;
}) {
  const { text, button, look } = says[state];
  const connect = useMutation({
    mutationFn: () => call(connectPayouts, { params: { organisationId } }),
    onSuccess: ({ url }) => location.assign(url),
  });
  return (
    <section
      aria-labelledby="automatic"
      className="mt-6 rounded-card border border-line bg-raised p-4 sm:p-5"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="automatic" className="text-xl font-bold tracking-tight">
          {t('autoTitle')}
        </h2>
        <strong className={state === 'ready' ? 'text-good' : 'text-muted'}>{t(state)}</strong>
      </div>
      <p className="mt-2 text-muted">{t(text)}</p>
      {connect.error && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(connect.error)}
        </Notice>
      )}
      <Button
        look={look}
        busy={connect.isPending || connect.isSuccess}
        disabledBecause={!mayConnect && t('autoMayNot')}
        onClick={() => connect.mutate()}
        className="mt-4"
      >
        {t(button)}
      </Button>
    </section>
  );
}
