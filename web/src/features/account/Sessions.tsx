import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { revokeOtherSessions, revokeSession } from '../../../../client/endpoints.generated.ts';
import { browserOf } from '../../../../contract/browser.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { sessionsQuery } from './queries.ts';
import { t } from './words.ts';

/** Every signed-in browser and program, each with a button to sign it out. */
export function Sessions() {
  const client = useQueryClient();
  const { data } = useQuery(sessionsQuery);
  const revoke = useMutation({
    mutationFn: (sessionId: `ses_${string}` | null) =>
      sessionId === null ? call(revokeOtherSessions) : call(revokeSession, { params: { sessionId } }),
    // Removed at once, and restored if the server could not end it.
    onMutate: async (sessionId) => {
      await client.cancelQueries({ queryKey: sessionsQuery.queryKey });
      const before = client.getQueryData(sessionsQuery.queryKey);
      const stays = (id: string, current: boolean) => (sessionId === null ? current : id !== sessionId);
      client.setQueryData(
        sessionsQuery.queryKey,
        before && { items: before.items.filter(({ id, current }) => stays(id, current)) },
      );
      return before;
    },
    onError: (_error, _sessionId, before) => client.setQueryData(sessionsQuery.queryKey, before),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('sessions')}</h2>
      {!data && <Skeleton className="mt-3 h-20" />}
      <ul className="mt-3 divide-y divide-line border-y border-line empty:hidden">
        {data?.items.map((session) => (
          <li key={session.id} className="flex items-center gap-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{browserOf(session.userAgent) ?? t('unknownDevice')}</p>
              <p className="text-sm text-muted">
                {t('sessionSince', { when: formatWhen(session.createdAt, ownTimeZone()) })} ·{' '}
                {session.ipAddress}
              </p>
            </div>
            {session.current ? (
              <span className="text-sm font-semibold text-good">{t('thisDevice')}</span>
            ) : (
              <Button
                look="plain"
                size="small"
                aria-label={t('signOutThere', {
                  device: browserOf(session.userAgent) ?? t('unknownDevice'),
                })}
                onClick={() => revoke.mutate(session.id)}
              >
                {t('signOut')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {revoke.isError && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(revoke.error)}
        </Notice>
      )}
      {(data?.items.length ?? 0) > 2 && (
        <Button
          look="quiet"
          size="small"
          className="mt-3"
          busy={revoke.isPending}
          onClick={() => revoke.mutate(null)}
        >
          {t('revoke')}
        </Button>
      )}
    </section>
  );
}
