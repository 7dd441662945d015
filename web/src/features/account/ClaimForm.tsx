import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { claimAccount } from '../../../../client/endpoints.generated.ts';
import { call } from '../../api/call.ts';
import { entered } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { useTitle } from '../../ui/title.ts';
import { AuthCard } from './AuthCard.tsx';
import { NewPasswordForm } from './NewPasswordForm.tsx';
import { t } from './words.ts';

/**
 * Asks who has opened the link of the verification mail. A person who opened the account signs in and keeps
 * everything. Anybody else, and a person who has forgotten the password, takes the account over with a new password.
 */
export function ClaimForm({ token, next }: { token: string; next: string | undefined }) {
  useTitle(t('confirmTitle'));
  const client = useQueryClient();
  const router = useRouter();
  const here = `${paths.verify}?${new URLSearchParams({ token, ...(next && { next }) })}`;
  const claim = async (newPassword: string) => {
    await call(claimAccount, { body: { token, newPassword } });
    await entered(client);
  };
  return (
    <AuthCard title={t('confirmTitle')} lead={t('confirmText')}>
      <Link to={paths.signIn} search={{ next: here }} className={buttonClass()}>
        {t('signIn')}
      </Link>
      <section className="mt-12">
        <h2 className="text-xl font-bold tracking-tight">{t('claimTitle')}</h2>
        <p className="mt-1 text-muted">{t('claimText')}</p>
        <div className="mt-4">
          <NewPasswordForm
            save={claim}
            onSaved={() => router.history.replace(next ?? paths.verify)}
            label={t('claimDo')}
            look="quiet"
          />
        </div>
      </section>
    </AuthCard>
  );
}
