import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changePassword } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import { passwordChangeFields } from '../../../../contract/person.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { isWeakPassword } from './enter.ts';
import { NewPasswordField } from './NewPasswordForm.tsx';
import { sessionsQuery } from './queries.ts';
import { t } from './words.ts';

/** Changes the password and signs out all other sessions, because somebody else may know the old one. */
export function PasswordForm({ email }: { email: string }) {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const form = useContractForm(passwordChangeFields, { currentPassword: '', newPassword: '' });
  const change = useMutation({
    mutationFn: (body: { currentPassword: string; newPassword: string }) => call(changePassword, { body }),
    onSuccess: () => {
      form.reset();
      setOpen(false);
      return client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
    onError: (error) => {
      if (isProblem(error, 'wrong_password')) form.refuse('currentPassword', sayProblem(error));
      else if (isWeakPassword(error)) form.refuse('newPassword', sayProblem(error));
      else form.showRefusal(error);
    },
  });
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('password')}</h2>
      <p role="status" className="mt-1 text-good empty:hidden">
        {change.isSuccess && t('changed')}
      </p>
      {!open && (
        <Button look="quiet" size="small" className="mt-3" onClick={() => setOpen(true)}>
          {t('changePassword')}
        </Button>
      )}
      {open && (
        <form
          noValidate
          className="mt-4 grid gap-4"
          onSubmit={form.handleSubmit((values) => {
            if (!change.isPending) change.mutate(values);
          })}
        >
          {/* Password managers want to know whose password it is. */}
          <input type="email" autoComplete="username" value={email} readOnly hidden />
          {change.isError && form.saysNothing() && (
            <Notice tone="bad" live>
              {sayProblem(change.error)}
            </Notice>
          )}
          <Field
            label={t('currentPassword')}
            type="password"
            autoComplete="current-password"
            autoFocus
            {...form.register('currentPassword')}
            error={form.wrong('currentPassword', t('passwordMissing'))}
          />
          <NewPasswordField {...form.field('newPassword', t('passwordHint'))} />
          <p className="flex flex-wrap gap-3">
            <Button type="submit" busy={change.isPending}>
              {t('save')}
            </Button>
            <Button look="quiet" onClick={() => setOpen(false)}>
              {t('leaveIt')}
            </Button>
          </p>
        </form>
      )}
    </section>
  );
}
