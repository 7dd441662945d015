import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { newKey } from '../../../../client/act.ts';
import { checkIn } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import { doorWarning } from '../../../../contract/door-warning.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { nowMs, useNowMs } from '../../ui/clock.ts';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { managedEventQuery } from '../organise/queries.ts';
import { doorCountsQuery } from './queries.ts';
import { type ScanOutcome, ScanResult, sayWarning } from './ScanResult.tsx';
import { useScanner } from './use-scanner.ts';
import { t } from './words.ts';

const route = getRouteApi('/door/$eventId');
const GATE = 'admit.gate';

/** The same code within this time is the same scan, because a ticket stays in view for many frames. */
const SAME_MS = 6_000;

export function ScanPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const client = useQueryClient();
  const counts = useQuery({ ...doorCountsQuery(event.id), refetchInterval: 5_000 });
  const [camera, setCamera] = useState(false);
  const [gate, setGate] = useState(() => readGate());
  const [outcome, setOutcome] = useState<ScanOutcome | null>(null);
  const video = useRef<HTMLVideoElement>(null);
  const seen = useRef({ code: '', atMs: 0 });
  useTitle(t('scan', { event: event.title }));

  const scan = useMutation({
    // One nonce per scan, so that a retry can't admit twice or refuse the ticket that the first attempt admitted.
    mutationFn: ({ code, nonce }: { code: string; nonce: string }) =>
      call(checkIn, {
        params: { eventId: event.id },
        body: { code, nonce, ...(gate.trim() && { gate: gate.trim() }) },
      }),
    retry: (failures, error) => failures < 2 && isProblem(error) && error.retryable,
    retryDelay: 500,
    onSuccess: (reply) => {
      setOutcome({ kind: 'admitted', checkIn: reply });
      buzz([60]);
      void client.invalidateQueries({ queryKey: doorCountsQuery(event.id).queryKey });
    },
    onError: (error) => {
      setOutcome({ kind: isProblem(error, 'unreachable') ? 'offline' : 'refused', error });
      buzz([80, 60, 80, 60, 80]);
    },
  });
  const submit = (code: string) => {
    if (scan.isPending) return;
    seen.current = { code, atMs: nowMs() };
    setOutcome(null);
    scan.mutate({ code, nonce: newKey() });
  };
  const state = useScanner(video, camera, (code) => {
    const repeated = code === seen.current.code && nowMs() - seen.current.atMs < SAME_MS;
    if (repeated) seen.current.atMs = nowMs();
    else if (!scan.isPending) submit(code);
  });
  return (
    <div className="page flex max-w-xl flex-col gap-4 py-4">
      <header className="flex items-center gap-3">
        <Link
          to={paths.door}
          aria-label={t('back')}
          className="-ms-2 grid size-11 place-items-center rounded-full hover:bg-sunken"
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
      <ScanResult outcome={outcome} pending={scan.isPending} timeZone={event.timeZone} />
      <div
        className={
          camera && (state === 'on' || state === 'starting')
            ? 'relative overflow-hidden rounded-3xl bg-black'
            : 'hidden'
        }
      >
        <video ref={video} muted playsInline className="aspect-square w-full object-cover" />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-[18%] rounded-3xl border-4 border-white/80"
        />
        <p className="absolute inset-x-0 bottom-3 text-center text-sm font-semibold text-white">
          {t(state === 'on' ? 'aim' : 'cameraStarting')}
        </p>
      </div>
      {camera && (state === 'denied' || state === 'none') && (
        <p role="alert" className="rounded-field bg-warn-soft px-4 py-3 text-warn">
          {t(state === 'denied' ? 'cameraDenied' : 'cameraNone')}
        </p>
      )}
      <Button size="large" look={camera ? 'quiet' : 'primary'} onClick={() => setCamera(!camera)}>
        <Icon name="camera" />
        {t(camera ? 'cameraOff' : 'camera')}
      </Button>
      <TypedCode busy={scan.isPending} onSubmit={submit} />
      <Field
        label={t('gate')}
        hint={t('gateHint')}
        maxLength={40}
        value={gate}
        onChange={(change) => {
          setGate(change.target.value);
          writeGate(change.target.value);
        }}
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

/** Vibrates, because a door may be loud and dark. */
const buzz = (pattern: number[]): void => {
  navigator.vibrate?.(pattern);
};

function readGate(): string {
  try {
    return localStorage.getItem(GATE) ?? '';
  } catch {
    return '';
  }
}

function writeGate(gate: string): void {
  try {
    localStorage.setItem(GATE, gate);
  } catch {
    // If storage is forbidden, the gate is asked for again.
  }
}
