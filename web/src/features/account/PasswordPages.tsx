import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { requestPasswordReset, resetPassword } from '../../../../client/endpoints.generated.ts';
import { emailFields, newPasswordFields } from '../../../../contract/person.ts';
import { call } from '../../api/call.ts';
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

export function ForgotPasswordPage() {
  useTitle(t('forgotTitle'));
  const form = useContractForm(emailFields, { email: '' });
  const ask = useMutation({ mutationFn: (email: string) => call(requestPasswordReset, { body: { email } }) });
  return (
    <AuthCard title={t('forgotTitle')} lead={t('forgotText')}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={form.handleSubmit(({ email }) => {
          if (!ask.isPending) ask.mutate(email);
        })}
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
        <Field
          label={t('email')}
          type="email"
          autoComplete="username"
          {...form.register('email', { setValueAs: (value: string) => value.trim() })}
          error={form.wrong('email', t('emailWrong'))}
        />
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
  const form = useContractForm(newPasswordFields, { newPassword: '' });
  const save = useMutation({
    mutationFn: (password: string) =>
      call(resetPassword, { body: { token: token ?? '', newPassword: password } }),
    onError: (error) => {
      if (isWeakPassword(error)) form.refuse('newPassword', sayProblem(error));
    },
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
          noValidate
          className="grid gap-4"
          onSubmit={form.handleSubmit(({ newPassword }) => {
            if (!save.isPending) save.mutate(newPassword);
          })}
        >
          {save.isError && !isWeakPassword(save.error) && (
            <Notice tone="bad" live>
              {sayProblem(save.error)}
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
          <Button type="submit" size="large" busy={save.isPending}>
            {t('resetDo')}
          </Button>
        </form>
      )}
    </AuthCard>
  );
}
