import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { isProblem } from '../../api/problem.ts';
import { openAccount } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { sayFields, sayProblem } from '../problems/say-problem.ts';
import { AuthCard } from './AuthCard.tsx';
import { t } from './words.ts';

const route = getRouteApi('/sign-up');

export function SignUpPage() {
  useTitle(t('signUp'));
  const { next } = route.useSearch();
  const client = useQueryClient();
  const router = useRouter();
  const open = useMutation({
    mutationFn: (body: { name: string; email: string; password: string }) => openAccount(client, body),
    onSuccess: () => router.history.push(next ?? paths.account),
  });
  const fields = sayFields(open.error);
  return (
    <AuthCard title={t('signUp')} lead={t('guestKeeps')}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const text = (name: string) => String(form.get(name)).trim();
          if (!open.isPending)
            open.mutate({ name: text('name'), email: text('email'), password: String(form.get('password')) });
        }}
      >
        {open.isError && Object.keys(fields).length === 0 && (
          <Notice tone="bad" live>
            {isProblem(open.error, 'email_taken') ? t('taken') : sayProblem(open.error)}
          </Notice>
        )}
        <Field
          label={t('name')}
          name="name"
          autoComplete="name"
          required
          maxLength={80}
          error={fields.name}
        />
        <Field
          label={t('email')}
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          error={fields.email}
        />
        <Field
          label={t('password')}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={8}
          maxLength={128}
          hint={t('passwordHint')}
          error={fields.password}
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
