import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { maySignedIn, meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { t } from './words.ts';

/** Whose place it is, and on which devices it is the same. */
export function WhoWaits() {
  const { data: me } = useQuery({ ...meQuery, enabled: maySignedIn() });
  const next = useLocation({ select: ({ pathname }) => pathname });
  if (!me) return null;
  if (!me.isGuest)
    return <p className="mt-4 text-sm text-muted wrap-anywhere">{t('account', { name: me.name })}</p>;
  return (
    <p className="mt-4 text-sm text-muted">
      {t('guest')}{' '}
      <Link
        to={paths.signIn}
        search={{ next }}
        className="font-semibold text-accent underline underline-offset-4"
      >
        {t('signIn')}
      </Link>
    </p>
  );
}
