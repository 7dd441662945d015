import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Me } from '../../../../contract/accounts.ts';
import { changePassword, sendVerificationEmail, updateProfile } from '../../api/operations.ts';
import { leave, meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { Sessions } from './Sessions.tsx';
import { t } from './words.ts';

export function AccountPage() {
  useTitle(t('account'));
  const { data: me } = useSuspenseQuery(meQuery);
  if (!me) return <SignInFirst next={paths.account} />;
  if (me.isGuest) return <Guest />;
  return (
    <div className="page max-w-2xl py-8 sm:py-12">
      <h1 tabIndex={-1} className="text-title font-extrabold">
        {t('hello', { name: me.name })}
      </h1>
      {!me.emailVerified && me.email && <Unverified email={me.email} />}
      <nav aria-label={t('account')} className="mt-6 flex flex-wrap gap-3">
        <Link to={paths.orders} className={buttonClass('quiet')}>
          <Icon name="ticket" />
          {t('toTickets')}
        </Link>
        <Link to={paths.organise} className={buttonClass('quiet')}>
          <Icon name="house" />
          {t('toOrganise')}
        </Link>
        {me.organisations.length > 0 && (
          <Link to={paths.door} className={buttonClass('quiet')}>
            <Icon name="camera" />
            {t('toDoor')}
          </Link>
        )}
      </nav>
      <Profile me={me} />
      <Password />
      <Sessions />
      <SignOut />
    </div>
  );
}

function Guest() {
  return (
    <div className="page">
      <EmptyState
        heading="h1"
        icon="person"
        title={t('guestTitle')}
        action={
          <>
            <Link to={paths.signUp} className={buttonClass()}>
              {t('signUp')}
            </Link>
            <Link to={paths.signIn} className={buttonClass('quiet')}>
              {t('signIn')}
            </Link>
          </>
        }
      >
        {t('guestText')}
      </EmptyState>
    </div>
  );
}

function Unverified({ email }: { email: string }) {
  const send = useMutation({
    mutationFn: () => sendVerificationEmail({ body: { email, callbackURL: '/verify' } }),
  });
  return (
    <Notice tone="warn" className="mt-6" live>
      <p>{send.isSuccess ? t('sentAgain') : t('notVerified', { email })}</p>
      {!send.isSuccess && (
        <Button
          look="quiet"
          size="small"
          className="mt-2"
          busy={send.isPending}
          onClick={() => send.mutate()}
        >
          {t('sendAgain')}
        </Button>
      )}
    </Notice>
  );
}

function Profile({ me }: { me: Me }) {
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (name: string) => updateProfile({ body: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('profile')}</h2>
      <form
        className="mt-4 grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(String(new FormData(event.currentTarget).get('name')).trim());
        }}
      >
        <Field
          label={t('name')}
          name="name"
          autoComplete="name"
          required
          maxLength={80}
          defaultValue={me.name}
        />
        <Field label={t('email')} type="email" value={me.email ?? ''} readOnly />
        <p className="flex items-center gap-4">
          <Button type="submit" look="quiet" busy={save.isPending}>
            {t('save')}
          </Button>
          <span role="status" className={save.isError ? 'text-bad' : 'text-good'}>
            {save.isSuccess ? t('saved') : save.isError && sayProblem(save.error)}
          </span>
        </p>
      </form>
    </section>
  );
}

function Password() {
  const change = useMutation({
    mutationFn: (body: { currentPassword: string; newPassword: string }) => changePassword({ body }),
  });
  return (
    <details className="mt-10 rounded-card border border-line p-5">
      <summary className="font-bold">{t('changePassword')}</summary>
      <form
        className="mt-4 grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const values = new FormData(form);
          change.mutate(
            { currentPassword: String(values.get('current')), newPassword: String(values.get('next')) },
            { onSuccess: () => form.reset() },
          );
        }}
      >
        <Field
          label={t('currentPassword')}
          name="current"
          type="password"
          autoComplete="current-password"
          required
        />
        <Field
          label={t('newPassword')}
          name="next"
          type="password"
          autoComplete="new-password"
          required
          minLength={8}
          maxLength={128}
          hint={t('passwordHint')}
        />
        <p className="flex items-center gap-4">
          <Button type="submit" look="quiet" busy={change.isPending}>
            {t('save')}
          </Button>
          <span role="status" className={change.isError ? 'text-bad' : 'text-good'}>
            {change.isSuccess ? t('changed') : change.isError && sayProblem(change.error)}
          </span>
        </p>
      </form>
    </details>
  );
}

function SignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const out = useMutation({
    mutationFn: () => leave(client),
    onSuccess: () => navigate({ to: paths.explore }),
  });
  return (
    <Button look="quiet" className="mt-10" busy={out.isPending} onClick={() => out.mutate()}>
      <Icon name="out" />
      {t('signOut')}
    </Button>
  );
}
