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
  const { secret, registrations, own, waiting } = route.useLoaderData();
  const [opened, setOpened] = useState<Registration | null>(null);
  useTitle(t('linkTitle'));
  const all = opened ? [opened, ...registrations] : registrations;
  return (
    <div className="page max-w-xl py-8">
      {opened || own ? (
        <Events registrations={all} />
      ) : secret ? (
        <Register secret={secret} before={registrations[0] ?? null} waiting={waiting} onOpened={setOpened} />
      ) : (
        <EmptyState heading="h1" icon="lock" title={t('noLink')}>
          {t('noLinkText')}
        </EmptyState>
      )}
    </div>
  );
}

function Register({
  secret,
  before,
  waiting,
  onOpened,
}: {
  secret: string;
  /** The link that this device scans with until now. */
  before: Registration | null;
  /** Scans of this device that the server does not have. */
  waiting: { own: number; ofMembers: number };
  onOpened: (own: Registration) => void;
}) {
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
      {before && (
        <Notice tone="warn" title={t('alreadyGate', { name: before.link.label })}>
          <p>{t('alreadyGateText')}</p>
          {waiting.own > 0 && <p>{t('alreadyGateWaiting', { count: waiting.own })}</p>}
        </Notice>
      )}
      {waiting.ofMembers > 0 && (
        <Notice tone="warn" title={t('memberWaiting', { count: waiting.ofMembers })}>
          <p>{t('memberWaitingText')}</p>
        </Notice>
      )}
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

/** The events of all links of this device. Where two are for the same event, the latest counts. */
function Events({ registrations }: { registrations: Registration[] }) {
  const events = new Map<string, Registration['events'][number] & { own: Registration }>();
  for (const own of registrations)
    for (const event of own.events)
      if (!events.has(event.eventId)) events.set(event.eventId, { ...event, own });
  return (
    <>
      <h1 tabIndex={-1} className="text-title font-extrabold">
        {t('pick')}
      </h1>
      <ul className="mt-6 grid grid-cols-1 gap-3">
        {[...events.values()].map(({ eventId, title, startsAt, timeZone, own: { device, link } }) => (
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
                  {' · '}
                  <bdi>{[device.name, link.gate].filter(Boolean).join(' · ')}</bdi>
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
