import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { isProblem } from '../../../../client/problem.ts';
import { signUpFields } from '../../../../contract/person.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { AuthCard } from './AuthCard.tsx';
import { isWeakPassword, openAccount } from './enter.ts';
import { t } from './words.ts';

const route = getRouteApi('/sign-up');

export function SignUpPage() {
  useTitle(t('signUp'));
  const { next } = route.useSearch();
  const client = useQueryClient();
  const router = useRouter();
  const form = useContractForm(signUpFields, { name: '', email: '', password: '' });
  const open = useMutation({
    mutationFn: (body: { name: string; email: string; password: string }) => openAccount(client, body, next),
    onSuccess: () => router.history.push(next ?? paths.account),
    onError: (error) => {
      if (isProblem(error, 'email_taken')) form.refuse('email', t('taken'));
      else if (isWeakPassword(error)) form.refuse('password', sayProblem(error));
      else form.showRefusal(error);
    },
  });
  return (
    <AuthCard title={t('signUp')} lead={t('guestKeeps')}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={form.handleSubmit((values) => {
          if (!open.isPending) open.mutate(values);
        })}
      >
        {open.isError && form.saysNothing() && (
          <Notice tone="bad" live>
            {sayProblem(open.error)}
          </Notice>
        )}
        <Field
          label={t('name')}
          autoComplete="name"
          {...form.register('name')}
          error={form.wrong('name', t('nameWrong'))}
        />
        <Field
          label={t('email')}
          type="email"
          autoComplete="username"
          {...form.register('email', { setValueAs: (value: string) => value.trim() })}
          error={form.wrong('email', t('emailWrong'))}
        />
        <Field
          label={t('password')}
          type="password"
          autoComplete="new-password"
          hint={t('passwordHint')}
          {...form.register('password')}
          error={form.wrong('password', t('passwordHint'))}
        />
        <Button type="submit" size="large" busy={open.isPending}>
          {t('signUp')}
        </Button>
      </form>
      <p className="mt-6">
        {t('hasAccount')}{' '}
        <Link
          to={paths.signIn}
          search={next ? { next } : {}}
          className="font-semibold text-accent underline underline-offset-2"
        >
          {t('signIn')}
        </Link>
      </p>
    </AuthCard>
  );
}
