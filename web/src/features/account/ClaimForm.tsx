import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { claimAccount } from '../../../../client/endpoints.generated.ts';
import { newPasswordFields } from '../../../../contract/person.ts';
import { call } from '../../api/call.ts';
import { entered } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { AuthCard } from './AuthCard.tsx';
import { isWeakPassword } from './enter.ts';
import { t } from './words.ts';

/**
 * Asks who has opened the link of the verification mail. Whoever opened the account signs in and keeps everything;
 * anybody else, and who has forgotten the password, takes the account over with a new one.
 */
export function ClaimForm({ token, next }: { token: string; next: string | undefined }) {
  useTitle(t('confirmTitle'));
  const client = useQueryClient();
  const router = useRouter();
  const here = `${paths.verify}?${new URLSearchParams({ token, ...(next && { next }) })}`;
  const form = useContractForm(newPasswordFields, { newPassword: '' });
  const claim = useMutation({
    mutationFn: async (newPassword: string) => {
      await call(claimAccount, { body: { token, newPassword } });
      await entered(client);
    },
    onSuccess: () => router.history.replace(next ?? paths.verify),
    onError: (error) => {
      if (isWeakPassword(error)) form.refuse('newPassword', sayProblem(error));
      else form.showRefusal(error);
    },
  });
  return (
    <AuthCard title={t('confirmTitle')} lead={t('confirmText')}>
      <Link to={paths.signIn} search={{ next: here }} className={buttonClass()}>
        {t('signIn')}
      </Link>
      <section className="mt-12">
        <h2 className="text-xl font-bold tracking-tight">{t('claimTitle')}</h2>
        <p className="mt-1 text-muted">{t('claimText')}</p>
        <form
          noValidate
          className="mt-4 grid gap-4"
          onSubmit={form.handleSubmit(({ newPassword }) => {
            if (!claim.isPending) claim.mutate(newPassword);
          })}
        >
          {claim.isError && form.saysNothing() && (
            <Notice tone="bad" live>
              {sayProblem(claim.error)}
            </Notice>
          )}
          <Field
            label={t('newPassword')}
            type="password"
            autoComplete="new-password"
            hint={t('passwordHint')}
            {...form.register('newPassword')}
            error={form.wrong('newPassword', t('passwordHint'))}
          />
          <Button type="submit" look="quiet" size="large" busy={claim.isPending}>
            {t('claimDo')}
          </Button>
        </form>
      </section>
    </AuthCard>
  );
}
