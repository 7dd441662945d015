import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { isProblem } from '../../api/problem.ts';
import { enter } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { AuthCard } from './AuthCard.tsx';
import { t } from './words.ts';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  useTitle(t('signIn'));
  const { next } = route.useSearch();
  const client = useQueryClient();
  const router = useRouter();
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) => enter(client, body),
    onSuccess: () => router.history.push(next ?? paths.orders),
  });
  return (
    <AuthCard title={t('signIn')} lead={t('guestKeeps')}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          if (!signIn.isPending)
            signIn.mutate({
              email: String(form.get('email')).trim(),
              password: String(form.get('password')),
            });
        }}
      >
        {signIn.isError && (
          <Notice tone="bad" live>
            {isProblem(signIn.error, 'invalid_credentials') ? t('wrong') : sayProblem(signIn.error)}
          </Notice>
        )}
        <Field label={t('email')} name="email" type="email" autoComplete="username" required />
        <Field
          label={t('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <Button type="submit" size="large" busy={signIn.isPending}>
          {t('signIn')}
        </Button>
      </form>
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
