import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { requestPasswordReset, resetPassword } from '../../api/operations.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { AuthCard } from './AuthCard.tsx';
import { t } from './words.ts';

export function ForgotPasswordPage() {
  useTitle(t('forgotTitle'));
  const ask = useMutation({ mutationFn: (email: string) => requestPasswordReset({ body: { email } }) });
  return (
    <AuthCard title={t('forgotTitle')} lead={t('forgotText')}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!ask.isPending) ask.mutate(String(new FormData(event.currentTarget).get('email')).trim());
        }}
      >
        {ask.isSuccess && (
          <Notice tone="good" live>
            {t('linkSent', { email: ask.variables })}
          </Notice>
        )}
        {ask.isError && (
          <Notice tone="bad" live>
            {sayProblem(ask.error)}
          </Notice>
        )}
        <Field label={t('email')} name="email" type="email" autoComplete="username" required />
        <Button type="submit" size="large" busy={ask.isPending}>
          {t('sendLink')}
        </Button>
      </form>
    </AuthCard>
  );
}

const resetRoute = getRouteApi('/reset-password');

export function ResetPasswordPage() {
  useTitle(t('resetTitle'));
  const { token } = resetRoute.useSearch();
  const save = useMutation({
    mutationFn: (password: string) => resetPassword({ body: { token: token ?? '', newPassword: password } }),
  });
  if (save.isSuccess) {
    return (
      <AuthCard title={t('resetDone')} lead={t('resetDoneText')}>
        <Link to={paths.signIn} className={buttonClass()}>
          {t('signIn')}
        </Link>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t('resetTitle')} lead={token ? undefined : t('resetNoToken')}>
      {token && (
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (!save.isPending) save.mutate(String(new FormData(event.currentTarget).get('password')));
          }}
        >
          {save.isError && (
            <Notice tone="bad" live>
              {sayProblem(save.error)}
            </Notice>
          )}
          <Field
            label={t('newPassword')}
            name="password"
            type="password"
            autoComplete="new-password"
            required
            minLength={8}
            maxLength={128}
            hint={t('passwordHint')}
          />
          <Button type="submit" size="large" busy={save.isPending}>
            {t('resetDo')}
          </Button>
        </form>
      )}
    </AuthCard>
  );
}
