import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { isProblem } from '../../../../client/problem.ts';
import { signInFields } from '../../../../contract/person.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { AuthCard } from './AuthCard.tsx';
import { CodeForm } from './CodeForm.tsx';
import { enter } from './enter.ts';
import { landingOf } from './landing.ts';
import { enterWithPasskey, knowsPasskeys } from './passkey.ts';
import { t } from './words.ts';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  useTitle(t('signIn'));
  const { next } = route.useSearch();
  const router = useRouter();
  const [waiting, setWaiting] = useState(false);
  const client = useQueryClient();
  const goOn = () => router.history.push(landingOf(client.getQueryData(meQuery.queryKey) ?? null, next));
  if (waiting) return <CodeForm onDone={goOn} onOver={() => setWaiting(false)} />;
  return (
    <AuthCard title={t('signIn')} lead={t('guestKeeps')}>
      <PasswordStep onDone={goOn} onSecondStep={() => setWaiting(true)} />
      {knowsPasskeys() && <PasskeyButton onDone={goOn} />}
      <p className="mt-6 flex flex-wrap justify-between gap-2">
        <Link
          to={paths.forgotPassword}
          className="py-2 font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('forgot')}
        </Link>
        <span className="py-2">
          {t('noAccount')}{' '}
          <Link
            to={paths.signUp}
            search={next ? { next } : {}}
            className="font-semibold text-accent underline underline-offset-2"
          >
            {t('signUp')}
          </Link>
        </span>
      </p>
    </AuthCard>
  );
}

function PasswordStep({ onDone, onSecondStep }: { onDone: () => void; onSecondStep: () => void }) {
  const client = useQueryClient();
  const form = useContractForm(signInFields, { email: '', password: '' });
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) => enter(client, body),
    onSuccess: (reached) => (reached === 'secondStep' ? onSecondStep() : onDone()),
  });
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={form.handleSubmit((values) => {
        if (!signIn.isPending) signIn.mutate(values);
      })}
    >
      {signIn.isError && (
        <Notice tone="bad" live>
          {isProblem(signIn.error, 'invalid_credentials') ? t('wrong') : sayProblem(signIn.error)}
        </Notice>
      )}
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
        autoComplete="current-password"
        {...form.register('password')}
        error={form.wrong('password', t('passwordMissing'))}
      />
      <Button type="submit" size="large" busy={signIn.isPending}>
        {t('signIn')}
      </Button>
    </form>
  );
}

function PasskeyButton({ onDone }: { onDone: () => void }) {
  const client = useQueryClient();
  const enterBy = useMutation({
    mutationFn: () => enterWithPasskey(client),
    onSuccess: (entered) => entered && onDone(),
  });
  return (
    <div className="mt-3 grid gap-3">
      <Button look="quiet" size="large" busy={enterBy.isPending} onClick={() => enterBy.mutate()}>
        <Icon name="lock" />
        {t('usePasskey')}
      </Button>
      {enterBy.isError && (
        <Notice tone="bad" live>
          {sayProblem(enterBy.error)}
        </Notice>
      )}
    </div>
  );
}
