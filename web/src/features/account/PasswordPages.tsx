import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { requestPasswordReset, resetPassword } from '../../../../client/endpoints.generated.ts';
import { emailFields } from '../../../../contract/person.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { AuthCard } from './AuthCard.tsx';
import { NewPasswordForm } from './NewPasswordForm.tsx';
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
  const [saved, setSaved] = useState(false);
  if (saved) {
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
        <NewPasswordForm
          save={(newPassword) => call(resetPassword, { body: { token, newPassword } })}
          onSaved={() => setSaved(true)}
          label={t('resetDo')}
        />
      )}
    </AuthCard>
  );
}
