import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sendVerificationEmail } from '../../../../client/endpoints.generated.ts';
import type { Invitation } from '../../../../contract/invitations.ts';
import { call } from '../../api/call.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

interface Props {
  invitation: Invitation;
  busy: boolean;
  onAccept: () => void;
}

/** The button that accepts, or what must come first: an account, with this address, and its confirmation. */
export function AnswerOrSignIn({ invitation, busy, onAccept }: Props) {
  const { data: me } = useSuspenseQuery(meQuery);
  const { email, invitedBy: inviter } = invitation;
  // The secret stays out of addresses; this browser stores it (secret.ts).
  const next = paths.invitation.replace('$invitationId', invitation.id);
  if (!me || me.isGuest) {
    return (
      <>
        <p className="mt-6">{t('signInText', { email })}</p>
        <div className="mt-4 flex flex-wrap gap-3">
          <Link to={paths.signIn} search={{ next }} className={buttonClass()}>
            {t('signIn')}
          </Link>
          <Link to={paths.signUp} search={{ next }} className={buttonClass('quiet')}>
            {t('signUp')}
          </Link>
        </div>
      </>
    );
  }
  if (me.email?.toLowerCase() !== email) {
    return (
      <>
        <Notice tone="warn" className="mt-6">
          {t('otherAddress', { own: me.email ?? '', email, inviter })}
        </Notice>
        <Link to={paths.signIn} search={{ next }} className={buttonClass('primary', 'medium', 'mt-4')}>
          {t('otherAccount')}
        </Link>
      </>
    );
  }
  if (!me.emailVerified) return <ConfirmFirst email={email} next={next} />;
  return (
    <Button size="large" className="mt-6 w-full sm:w-auto" busy={busy} onClick={onAccept}>
      {t('accept')}
    </Button>
  );
}

function ConfirmFirst({ email, next }: { email: string; next: string }) {
  const send = useMutation({
    mutationFn: () => call(sendVerificationEmail, { body: { email, callbackURL: next } }),
  });
  return (
    <>
      <Notice tone="info" className="mt-6">
        {t('verifyText', { email })}
      </Notice>
      <div className="mt-4">
        {send.isSuccess ? (
          <p role="status">{t('verificationSent')}</p>
        ) : (
          <Button look="quiet" busy={send.isPending} onClick={() => send.mutate()}>
            {t('sendVerification')}
          </Button>
        )}
        {send.isError && (
          <Notice tone="bad" live className="mt-4">
            {sayProblem(send.error)}
          </Notice>
        )}
      </div>
    </>
  );
}
