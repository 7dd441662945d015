import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { When } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { openLink, type Registration } from './offline/device-gate.ts';
import { deviceName } from './offline/device-name.ts';
import { t } from './words.ts';

const route = getRouteApi('/door/link');

/** Opens a door link on this device. Whoever has opened it once sees the events of the link. */
export function LinkPage() {
  const { secret, registration } = route.useLoaderData();
  const [opened, setOpened] = useState<Registration | null>(null);
  useTitle(t('linkTitle'));
  const own = opened ?? registration;
  return (
    <div className="page max-w-xl py-8">
      {own ? (
        <Events registration={own} />
      ) : secret ? (
        <Register secret={secret} onOpened={setOpened} />
      ) : (
        <EmptyState heading="h1" icon="lock" title={t('noLink')}>
          {t('noLinkText')}
        </EmptyState>
      )}
    </div>
  );
}

function Register({ secret, onOpened }: { secret: string; onOpened: (own: Registration) => void }) {
  const [name, setName] = useState(deviceName);
  const navigate = useNavigate();
  const open = useMutation({
    mutationFn: () => openLink(secret, name.trim()),
    async onSuccess(own) {
      const [only] = own.events;
      if (!only || own.events.length > 1) return onOpened(own);
      await navigate({ to: paths.doorLinkScan, params: { eventId: only.eventId }, replace: true });
    },
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '' && !open.isPending) open.mutate();
      }}
    >
      <h1 tabIndex={-1} className="text-title font-extrabold">
        {t('linkTitle')}
      </h1>
      <p className="text-muted">{t('linkText')}</p>
      <Field
        label={t('deviceName')}
        hint={t('deviceNameHint')}
        required
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={(change) => setName(change.target.value)}
      />
      {open.error && <Notice tone="bad" live title={sayProblem(open.error)} />}
      <Button type="submit" size="large" busy={open.isPending}>
        {t('startScanning')}
      </Button>
    </form>
  );
}

function Events({ registration: { events, link, device } }: { registration: Registration }) {
  return (
    <>
      <h1 tabIndex={-1} className="text-title font-extrabold">
        {t('pick')}
      </h1>
      <p className="mt-2 text-muted">
        <bdi>{[device.name, link.gate].filter(Boolean).join(' · ')}</bdi>
      </p>
      <ul className="mt-6 grid grid-cols-1 gap-3">
        {events.map(({ eventId, title, startsAt, timeZone }) => (
          <li key={eventId}>
            <Link
              to={paths.doorLinkScan}
              params={{ eventId }}
              className="flex min-h-20 items-center gap-4 rounded-card border border-line bg-raised p-4 hover:border-line-strong"
            >
              <span className="min-w-0 flex-1">
                <span dir="auto" className="page-side block truncate text-lg font-bold">
                  {title}
                </span>
                <span className="block text-muted">
                  <When at={startsAt} timeZone={timeZone} />
                </span>
              </span>
              <Icon name="right" />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
