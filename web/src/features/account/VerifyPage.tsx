import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useTitle } from '../../ui/title.ts';
import { t } from './words.ts';

const route = getRouteApi('/verify');

/** Where the link in the verification mail leads, once the server has read its token. */
export function VerifyPage() {
  const { error } = route.useSearch();
  const client = useQueryClient();
  useTitle(t(error ? 'verifyFailed' : 'verified'));
  // The link has signed in, perhaps on a device where nobody was.
  useEffect(() => void client.prefetchQuery({ ...meQuery, staleTime: 0 }), [client]);
  return (
    <div className="page">
      <EmptyState
        heading="h1"
        icon={error ? 'warning' : 'check'}
        title={t(error ? 'verifyFailed' : 'verified')}
        action={
          <Link to={error ? paths.account : paths.explore} className={buttonClass()}>
            {t(error ? 'account' : 'explore')}
          </Link>
        }
      >
        {t(error ? 'verifyFailedText' : 'verifiedText')}
      </EmptyState>
    </div>
  );
}
