import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  endUserSessions,
  holdPayouts,
  liftSuspension,
  releasePayouts,
  restoreUser,
  suspendOrganisation,
  suspendUser,
  verifyOrganisation,
} from '../../../../client/endpoints.generated.ts';
import type { PlatformOrganisation, PlatformUser } from '../../../../contract/platform-desk.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { When } from '../../ui/When.tsx';
import { ActButton } from './Act.tsx';
import { Filters, Mark, Rows, useSearched, useStateOf } from './List.tsx';
import { organisationsQuery, usersQuery } from './queries.ts';
import { Reasons } from './Reasons.tsx';
import { t } from './words.ts';

/** Accounts, to be suspended and restored. */
export function Users() {
  const found = useInfiniteQuery(usersQuery(useSearched(), useStateOf(['all', 'suspended', 'admins'])));
  return (
    <>
      <Filters
        hint={t('findUsers')}
        states={{ all: t('all'), suspended: t('suspended'), admins: t('admins') }}
      />
      <Rows of={found}>{(user) => <User key={user.id} user={user} />}</Rows>
    </>
  );
}

function User({
  user: { id, name, email, role, suspended, sessions, createdAt, organisations },
}: {
  user: PlatformUser;
}) {
  return (
    <li className="py-4">
      <p className="flex flex-wrap items-center gap-2 font-semibold wrap-anywhere">
        <bdi>{email === null ? t('guest') : name}</bdi>
        {role === 'admin' && <Mark>{t('admins')}</Mark>}
        {suspended && <Mark>{t('suspended')}</Mark>}
      </p>
      <p className="text-sm text-muted wrap-anywhere">
        <bdi dir="ltr">{email ?? id}</bdi> · <When at={createdAt} timeZone={ownTimeZone()} /> ·{' '}
        <Link to={paths.platformDesk} params={{ section: 'orders' }} search={{ q: id }} className="underline">
          {t('orders')}
        </Link>
      </p>
      {organisations.length > 0 && (
        <p className="text-sm text-muted wrap-anywhere">
          <bdi>{organisations.map((each) => each.name).join(' · ')}</bdi>
        </p>
      )}
      {suspended && (
        <p className="mt-1 text-sm wrap-anywhere">
          <bdi>{suspended.reason}</bdi>
        </p>
      )}
      <div className="mt-3 flex flex-wrap gap-3">
        {suspended && (
          <ActButton act={() => call(restoreUser, { params: { userId: id } })}>{t('restoreUser')}</ActButton>
        )}
        {sessions > 0 && (
          <ActButton act={() => call(endUserSessions, { params: { userId: id } })}>
            {t('endSessions')}
          </ActButton>
        )}
      </div>
      {!suspended && (
        <Reasons
          title={t('suspendUser')}
          asksGround={false}
          isInternal
          choices={[
            {
              label: t('suspend'),
              look: 'danger',
              act: ({ statement }) =>
                call(suspendUser, { params: { userId: id }, body: { reason: statement } }),
            },
          ]}
        />
      )}
    </li>
  );
}

/** Organisations, to be verified and suspended. */
export function Organisations() {
  const found = useInfiniteQuery(organisationsQuery(useSearched(), useStateOf(['all', 'suspended', 'held'])));
  return (
    <>
      <Filters
        hint={t('findOrganisations')}
        states={{ all: t('all'), suspended: t('suspended'), held: t('held') }}
      />
      <Rows of={found}>{(each) => <Organisation key={each.id} organisation={each} />}</Rows>
    </>
  );
}

function Organisation({ organisation }: { organisation: PlatformOrganisation }) {
  const { id, name, isVerified, isSuspended, payoutsHeld, owners } = organisation;
  const params = { organisationId: id };
  return (
    <li className="py-4">
      <p className="flex flex-wrap items-center gap-2 font-semibold wrap-anywhere">
        <bdi>{name}</bdi>
        {isVerified && <Mark>{t('verified')}</Mark>}
        {isSuspended && <Mark>{t('suspended')}</Mark>}
        {payoutsHeld && <Mark>{t('held')}</Mark>}
      </p>
      <p className="text-sm text-muted wrap-anywhere">
        <bdi dir="ltr">{owners.map(({ email }) => email).join(' · ')}</bdi> ·{' '}
        <Link to={paths.platformDesk} params={{ section: 'events' }} search={{ q: id }} className="underline">
          {t('events')}
        </Link>
      </p>
      <div className="mt-3 flex flex-wrap gap-3">
        <ActButton act={() => call(verifyOrganisation, { params, body: { isVerified: !isVerified } })}>
          {t(isVerified ? 'unverify' : 'verify')}
        </ActButton>
        {payoutsHeld && <ActButton act={() => call(releasePayouts, { params })}>{t('release')}</ActButton>}
        {isSuspended && <ActButton act={() => call(liftSuspension, { params })}>{t('lift')}</ActButton>}
      </div>
      {!isSuspended && (
        <Reasons
          title={t('suspend')}
          choices={[
            {
              label: t('suspend'),
              look: 'danger',
              act: (body) => call(suspendOrganisation, { params, body }),
            },
          ]}
        />
      )}
      {!payoutsHeld && (
        <Reasons
          title={t('hold')}
          asksGround={false}
          isInternal
          choices={[
            {
              label: t('hold'),
              look: 'danger',
              act: ({ statement }) => call(holdPayouts, { params, body: { reason: statement } }),
            },
          ]}
        />
      )}
    </li>
  );
}
