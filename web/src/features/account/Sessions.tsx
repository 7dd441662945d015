import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { listSessions, revokeOtherSessions, revokeSession } from '../../api/operations.ts';
import { Button } from '../../ui/Button.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { formatWhen } from '../../ui/When.tsx';
import { t } from './words.ts';

const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => listSessions({ signal }),
});

/** Every browser and program that is signed in, and the way to sign each of them out. */
export function Sessions() {
  const client = useQueryClient();
  const { data } = useQuery(sessionsQuery);
  const revoke = useMutation({
    mutationFn: (sessionId: `ses_${string}` | null) =>
      sessionId === null ? revokeOtherSessions({}) : revokeSession({ params: { sessionId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
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
                busy={revoke.isPending}
                onClick={() => revoke.mutate(session.id)}
              >
                {t('signOut')}
              </Button>
            )}
          </li>
        ))}
      </ul>
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

/** "Firefox, Windows" from a user agent; the whole text where it is a stranger. */
function browserOf(agent: string): string | null {
  if (agent === '') return null;
  const browser = /(Edg|OPR|Firefox|HeadlessChrome|Chrome|Safari)\//.exec(agent)?.[1];
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1];
  if (!browser) return agent;
  const name = browser.replace('Edg', 'Edge').replace('OPR', 'Opera').replace('Headless', '');
  return [name, system].filter(Boolean).join(', ');
}
