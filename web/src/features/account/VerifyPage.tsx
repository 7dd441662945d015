import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { confirmEmail } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import { call } from '../../api/call.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useTitle } from '../../ui/title.ts';
import { ClaimForm } from './ClaimForm.tsx';
import { t } from './words.ts';

const route = getRouteApi('/verify');

/**
 * The page of the verification mail's link, after the server has read the link. If the browser is not signed in to
 * the account, the page gets the token, because the server can't know who has opened it.
 */
export function VerifyPage() {
  const { error, token, next } = route.useSearch();
  return token ? <OpenedElsewhere token={token} next={next} /> : <Outcome failed={error !== undefined} />;
}

function OpenedElsewhere({ token, next }: { token: string; next: string | undefined }) {
  const client = useQueryClient();
  const router = useRouter();
  const { data: me, isPending } = useQuery(meQuery);
  const { mutate, ...confirm } = useMutation({
    mutationFn: () => call(confirmEmail, { body: { token } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
      if (next) router.history.replace(next);
    },
  });
  // After a return from the sign-in there is nothing left to do.
  const signedInAs = me && !me.isGuest ? me.id : null;
  useEffect(() => {
    if (signedInAs) mutate();
  }, [signedInAs, mutate]);
  if (confirm.isSuccess && !next) return <Outcome failed={false} />;
  if (isProblem(confirm.error, 'token_invalid')) return <Outcome failed />;
  if (isPending || (signedInAs && !confirm.isError)) {
    return (
      <div className="page max-w-md py-12 sm:py-20">
        <Skeleton className="h-40" />
      </div>
    );
  }
  return <ClaimForm token={token} next={next} />;
}

function Outcome({ failed }: { failed: boolean }) {
  const client = useQueryClient();
  useTitle(t(failed ? 'verifyFailed' : 'verified'));
  // The cached person is from before the verification.
  useEffect(() => void client.prefetchQuery({ ...meQuery, staleTime: 0 }), [client]);
  return (
    <div className="page">
      <EmptyState
        heading="h1"
        icon={failed ? 'warning' : 'check'}
        title={t(failed ? 'verifyFailed' : 'verified')}
        action={
          <Link to={failed ? paths.account : paths.explore} className={buttonClass()}>
            {t(failed ? 'account' : 'explore')}
          </Link>
        }
      >
        {t(failed ? 'verifyFailedText' : 'verifiedText')}
      </EmptyState>
    </div>
  );
}
