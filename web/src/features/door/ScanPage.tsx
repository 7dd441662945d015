import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { checkIn } from '../../../../client/endpoints.generated.ts';
import { doorWarning } from '../../../../contract/door-warning.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { useNowMs } from '../../ui/clock.ts';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { managedEventQuery } from '../organise/queries.ts';
import { CameraView } from './CameraView.tsx';
import { ChoicesDialog } from './ChoicesDialog.tsx';
import { useDeviceChoices } from './device-choices.ts';
import { doorCountsQuery } from './queries.ts';
import { RecentScans } from './RecentScans.tsx';
import { ScanResult, sayWarning } from './ScanResult.tsx';
import { outcomeOf, outcomeOfError } from './scan-outcome.ts';
import { readySound } from './signals.ts';
import { type Decide, useScans } from './use-scans.ts';
import { useTypingScanner } from './use-typing-scanner.ts';
import { t } from './words.ts';

const route = getRouteApi('/door/$eventId');

export function ScanPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const client = useQueryClient();
  const counts = useQuery({ ...doorCountsQuery(event.id), refetchInterval: 5_000 });
  const [choices, choose] = useDeviceChoices();
  const [isChoosing, setChoosing] = useState(false);
  useTitle(t('scan', { event: event.title }));
  useEffect(() => {
    for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, readySound, { once: true });
  }, []);

  const decide: Decide = async (code, nonce) => {
    const gate = choices.gate.trim();
    const body = { code, nonce, ...(gate && { gate }) };
    try {
      const admitted = await call(checkIn, { params: { eventId: event.id }, body, retries: 2 });
      void client.invalidateQueries({ queryKey: doorCountsQuery(event.id).queryKey });
      return outcomeOf(admitted);
    } catch (error) {
      return outcomeOfError(error);
    }
  };
  const scans = useScans(decide, choices);
  useTypingScanner(scans.submit);
  return (
    <div className="page flex max-w-xl flex-col gap-4 py-4">
      <header className="flex items-center gap-2">
        <Link
          to={paths.door}
          aria-label={t('back')}
          className="-ms-2 grid size-11 shrink-0 place-items-center rounded-full hover:bg-sunken"
        >
          <Icon name="left" />
        </Link>
        <h1 tabIndex={-1} dir="auto" className="page-side min-w-0 flex-1 truncate text-lg font-bold">
          {event.title}
        </h1>
        <p className="numeric rounded-full bg-sunken px-4 py-2 font-bold" aria-live="polite">
          {counts.data ? t('counter', counts.data) : '…'}
        </p>
      </header>
      <NotToday event={event} />
      <ScanResult outcome={scans.outcome} pending={scans.isPending} timeZone={event.timeZone} />
      <CameraView
        cameraId={choices.cameraId}
        onCamera={(cameraId) => choose({ cameraId })}
        onCode={scans.submitSeen}
      />
      <TypedCode busy={scans.isPending} onSubmit={scans.submit} />
      <Button look="quiet" onClick={() => setChoosing(true)}>
        <Icon name="list" />
        {choices.gate ? t('settingsAt', { gate: choices.gate }) : t('settings')}
      </Button>
      {isChoosing && <ChoicesDialog choices={choices} onChange={choose} onClose={() => setChoosing(false)} />}
      <RecentScans
        scans={scans.recent}
        timeZone={event.timeZone}
        onShow={({ outcome }) => scans.show(outcome)}
      />
    </div>
  );
}

/** Says before the first scan that the event is on another day, because each scan uses up a ticket. */
function NotToday({ event }: { event: ManagedEvent }) {
  const { doorsAt, startsAt, endsAt, timeZone } = event;
  const times = { opensAt: new Date(doorsAt ?? startsAt), endsAt: new Date(endsAt) };
  const warning = doorWarning(times, new Date(useNowMs(60_000)));
  if (!warning) return null;
  return (
    <Notice tone="warn" live title={sayWarning(warning.code, warning.at.toISOString(), timeZone)}>
      <p>{t('usesUp')}</p>
      <Link to={paths.door} className="mt-1 inline-block py-1 font-semibold underline underline-offset-2">
        {t('back')}
      </Link>
    </Notice>
  );
}

function TypedCode({ busy, onSubmit }: { busy: boolean; onSubmit: (code: string) => void }) {
  const [code, setCode] = useState('');
  return (
    <form
      className="flex flex-wrap items-start gap-x-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() === '' || busy) return;
        onSubmit(code.trim());
        setCode('');
      }}
    >
      <Field
        label={t('code')}
        hint={t('codeHint')}
        className="min-w-0 grow basis-40"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={500}
        value={code}
        onChange={(change) => setCode(change.target.value)}
      />
      <Button type="submit" className="mt-7" busy={busy}>
        {t('check')}
      </Button>
    </form>
  );
}
