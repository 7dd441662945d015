import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { sendVerificationEmail } from '../../../../client/endpoints.generated.ts';
import { call } from '../../api/call.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { PushChoice } from '../push/PushChoice.tsx';
import { SignInFirst } from '../shell/SignInFirst.tsx';
import { leave } from './enter.ts';
import { MailChoices } from './MailChoices.tsx';
import { NotificationChoices } from './NotificationChoices.tsx';
import { Passkeys } from './Passkeys.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { ProfileForm } from './ProfileForm.tsx';
import { SecondStep } from './SecondStep.tsx';
import { Sessions } from './Sessions.tsx';
import { SmsChoices } from './SmsChoices.tsx';
import { t } from './words.ts';
import { YourData } from './YourData.tsx';

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
        {me.role === 'admin' && (
          <>
            <Link to={paths.platformDesk} params={{ section: 'reports' }} className={buttonClass('quiet')}>
              <Icon name="person" />
              {t('toPlatformDesk')}
            </Link>
            <Link to={paths.platformDesk} params={{ section: 'work' }} className={buttonClass('quiet')}>
              <Icon name="warning" />
              {t('toPlatformWork')}
            </Link>
            <Link to={paths.platformDesk} params={{ section: 'payouts' }} className={buttonClass('quiet')}>
              <Icon name="card" />
              {t('toDuePayouts')}
            </Link>
            <Link
              to={paths.platformDesk}
              params={{ section: 'order-reviews' }}
              className={buttonClass('quiet')}
            >
              <Icon name="warning" />
              {t('toOrderReviews')}
            </Link>
            <Link to={paths.platformDesk} params={{ section: 'log' }} className={buttonClass('quiet')}>
              <Icon name="lock" />
              {t('toPlatformLog')}
            </Link>
          </>
        )}
      </nav>
      <ProfileForm me={me} />
      <MailChoices />
      <PushChoice as="setting" />
      <NotificationChoices />
      <SmsChoices />
      <PasswordForm email={me.email ?? ''} />
      <Passkeys me={me} />
      <SecondStep me={me} />
      <Sessions />
      <YourData email={me.email ?? ''} />
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
    mutationFn: () => call(sendVerificationEmail, { body: { email, callbackURL: '/verify' } }),
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
