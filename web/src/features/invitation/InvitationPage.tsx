import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { acceptInvitation, declineInvitation } from '../../../../client/endpoints.generated.ts';
import type { InvitationId } from '../../../../contract/ids.ts';
import type { Invitation } from '../../../../contract/invitations.ts';
import { call } from '../../api/call.ts';
import { meQuery } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { AnswerOrSignIn } from './AnswerOrSignIn.tsx';
import { invitationQuery } from './queries.ts';
import { forgetSecret } from './secret.ts';
import { t } from './words.ts';

const route = getRouteApi('/invitations/$invitationId');

/** The page of an invitation's link: what it is for, and buttons to accept and decline. */
export function InvitationPage() {
  const { invitationId } = route.useParams();
  const secret = route.useLoaderData();
  const { data: invitation } = useSuspenseQuery(invitationQuery(invitationId, secret));
  const { data: me } = useSuspenseQuery(meQuery);
  useTitle(t('title'));
  const over = invitation !== null && invitation.state !== 'pending' && invitation.state !== 'expired';
  useEffect(() => {
    if (over) forgetSecret(invitationId);
  }, [over, invitationId]);
  if (!invitation || !secret) return <Outcome icon="warning" title={t('unknown')} text={t('unknownText')} />;
  const organisation = invitation.organisation.name;
  switch (invitation.state) {
    case 'pending':
      return <Offer invitation={invitation} secret={secret} />;
    case 'accepted': {
      const isOn = me?.organisations.some(({ id }) => id === invitation.organisation.id);
      if (!isOn) return <Outcome icon="info" title={t('used')} text={t('usedText', { organisation })} />;
      return (
        <Outcome
          icon="check"
          title={t('accepted')}
          text={t('acceptedText', { organisation })}
          action={<GoOn invitation={invitation} />}
        />
      );
    }
    case 'declined':
      return <Outcome icon="cross" title={t('declined')} text={t('declinedText', { organisation })} />;
    case 'expired':
      return (
        <Outcome
          icon="clock"
          title={t('expired')}
          text={t('expiredText', { inviter: invitation.invitedBy })}
        />
      );
    case 'withdrawn':
      return <Outcome icon="info" title={t('withdrawn')} text={t('withdrawnText', { organisation })} />;
  }
}

function Offer({ invitation, secret }: { invitation: Invitation; secret: string }) {
  const client = useQueryClient();
  const query = invitationQuery(invitation.id, secret);
  const answer = { params: { invitationId: invitation.id as InvitationId }, body: { secret } };
  // After a refusal the page refetches, because another tab or the organisation may have been faster.
  const settled = () => client.invalidateQueries({ queryKey: query.queryKey });
  const accept = useMutation({
    mutationFn: () => call(acceptInvitation, answer),
    onSuccess: async (accepted) => {
      await client.fetchQuery({ ...meQuery, staleTime: 0 });
      client.setQueryData(query.queryKey, accepted);
    },
    onError: settled,
  });
  const decline = useMutation({ mutationFn: () => call(declineInvitation, answer), onSettled: settled });
  const problem = accept.error ?? decline.error;
  const { role, events, organisation, invitedBy, email } = invitation;
  return (
    <div className="page max-w-xl py-12 sm:py-20">
      <h1 tabIndex={-1} className="text-title font-extrabold wrap-anywhere">
        {t('heading', { inviter: invitedBy, organisation: organisation.name })}
      </h1>
      <dl className="mt-6 grid gap-4 rounded-card border border-line bg-raised p-5">
        <Fact label={t('yourRole')}>
          <strong>{t(role)}</strong>: {t(`${role}Text`)}
        </Fact>
        {events && (
          <Fact label={t('forEvents')}>
            <ul className="wrap-anywhere">
              {[...new Set(events)].map((title) => (
                <li key={title}>
                  <bdi>{title}</bdi>
                </li>
              ))}
            </ul>
          </Fact>
        )}
        <Fact label={t('forAddress')}>
          <bdi dir="ltr" className="wrap-anywhere">
            {email}
          </bdi>
        </Fact>
        <Fact label={t('until')}>
          <When at={invitation.expiresAt} timeZone={ownTimeZone()} format="long" />
        </Fact>
      </dl>
      {problem && (
        <Notice tone="bad" live className="mt-6">
          {sayProblem(problem)}
        </Notice>
      )}
      <AnswerOrSignIn invitation={invitation} busy={accept.isPending} onAccept={() => accept.mutate()} />
      <p className="mt-3">
        <Button look="plain" className="-ms-5" busy={decline.isPending} onClick={() => decline.mutate()}>
          {t('decline')}
        </Button>
      </p>
    </div>
  );
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt className="text-sm text-muted">{label}</dt>
    <dd className="mt-0.5">{children}</dd>
  </div>
);

function GoOn({ invitation: { role, organisation } }: { invitation: Invitation }) {
  return role === 'door' ? (
    <Link to={paths.door} className={buttonClass()}>
      {t('goOn')}
    </Link>
  ) : (
    <Link to={paths.organise} search={{ org: organisation.id }} className={buttonClass()}>
      {t('goOn')}
    </Link>
  );
}

function Outcome({
  icon,
  title,
  text,
  action,
}: {
  icon: IconName;
  title: string;
  text: string;
  action?: ReactNode;
}) {
  return (
    <div className="page" aria-live="polite">
      <EmptyState
        heading="h1"
        icon={icon}
        title={title}
        action={
          action ?? (
            <Link to={paths.explore} className={buttonClass('quiet')}>
              {t('home')}
            </Link>
          )
        }
      >
        {text}
      </EmptyState>
    </div>
  );
}
