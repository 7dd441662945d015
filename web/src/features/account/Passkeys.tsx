import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { removePasskey } from '../../../../client/endpoints.generated.ts';
import type { Me } from '../../../../contract/accounts.ts';
import { browserOf } from '../../../../contract/browser.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { knowsPasskeys, makePasskey } from './passkey.ts';
import { passkeysQuery } from './queries.ts';
import { SignInAgain } from './SignInAgain.tsx';
import { t } from './words.ts';

/** The account's passkeys. The device that will use a passkey adds it. */
export function Passkeys({ me }: { me: Me }) {
  const client = useQueryClient();
  // With an unverified address, the account may not belong to the address's owner. Such a person must not leave a
  // second way in.
  const cannot = knowsPasskeys() ? !me.emailVerified && t('passkeysNeedAddress') : t('passkeysUnknown');
  const { data } = useQuery(passkeysQuery);
  const add = useMutation({
    mutationFn: () => makePasskey(browserOf(navigator.userAgent)?.slice(0, 80)),
    onSuccess: () => client.invalidateQueries({ queryKey: passkeysQuery.queryKey }),
  });
  const remove = useMutation({
    mutationFn: (passkeyId: `pky_${string}`) => call(removePasskey, { params: { passkeyId } }),
    onMutate: async (passkeyId) => {
      await client.cancelQueries({ queryKey: passkeysQuery.queryKey });
      const before = client.getQueryData(passkeysQuery.queryKey);
      client.setQueryData(
        passkeysQuery.queryKey,
        before && { items: before.items.filter(({ id }) => id !== passkeyId) },
      );
      return before;
    },
    onError: (_error, _id, before) => client.setQueryData(passkeysQuery.queryKey, before),
    onSettled: () => client.invalidateQueries({ queryKey: passkeysQuery.queryKey }),
  });
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('passkeys')}</h2>
      <p className="mt-1 text-muted">{t('passkeysText')}</p>
      <ul className="mt-3 divide-y divide-line border-y border-line empty:hidden">
        {data?.items.map(({ id, name, createdAt }) => (
          <li key={id} className="flex items-center gap-4 py-3">
            <Icon name="lock" className="text-muted" />
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{name ?? t('passkey')}</p>
              <p className="text-sm text-muted">
                {t('passkeySince', { when: formatWhen(createdAt, ownTimeZone()) })}
              </p>
            </div>
            <Button
              look="plain"
              size="small"
              aria-label={t('removePasskey', { name: name ?? t('passkey') })}
              onClick={() => remove.mutate(id)}
            >
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
      <SignInAgain error={add.error} />
      {remove.isError && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(remove.error)}
        </Notice>
      )}
      <p className="mt-3 flex flex-wrap items-center gap-4">
        <Button
          look="quiet"
          size="small"
          busy={add.isPending}
          disabledBecause={cannot}
          onClick={() => add.mutate()}
        >
          <Icon name="plus" size={18} />
          {t('addPasskey')}
        </Button>
        {cannot && <span className="text-sm text-muted">{cannot}</span>}
        <span role="status" className="text-good">
          {add.data === 'added' && t('passkeyAdded')}
          {add.data === 'known' && t('passkeyKnown')}
        </span>
      </p>
    </section>
  );
}
