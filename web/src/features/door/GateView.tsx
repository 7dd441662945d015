import { Link } from '@tanstack/react-router';
import { memo, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { handsOut } from '../../../../contract/door-rules.ts';
import { doorWarning } from '../../../../contract/door-warning.ts';
import type { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { useNowMs } from '../../ui/clock.ts';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTitle } from '../../ui/title.ts';
import { CameraView } from './CameraView.tsx';
import { ChoicesDialog } from './ChoicesDialog.tsx';
import { useDeviceChoices } from './device-choices.ts';
import { Elsewhere } from './Elsewhere.tsx';
import { GateNotices } from './GateNotices.tsx';
import { GroupPanel } from './GroupPanel.tsx';
import { LookUpDialog } from './LookUpDialog.tsx';
import { ManagerActs } from './ManagerActs.tsx';
import type { Gate } from './offline/gate.ts';
import type { GateState } from './offline/gate-state.ts';
import { PlaceChoice } from './PlaceChoice.tsx';
import { RecentScans } from './RecentScans.tsx';
import { ScanResult, sayWarning } from './ScanResult.tsx';
import { readySound } from './signals.ts';
import { useScans } from './use-scans.ts';
import { useTypingScanner } from './use-typing-scanner.ts';
import { t } from './words.ts';

type KnownEvent = NonNullable<GateState['known']>['event'];

/** A gate at work: one result, large, and the ways to get the next code. */
export function GateView({
  gate,
  back,
  ownGate = null,
  ownCheckpoint = null,
  mayManage = false,
  onTakeOver,
}: {
  gate: Gate;
  back: typeof paths.door | typeof paths.doorLink;
  /** The gate that the door link of this device names. */
  ownGate?: string | null;
  ownCheckpoint?: string | null;
  /** The person may take scans back and overrule refusals. */
  mayManage?: boolean;
  /** Gets the gate back from another tab. */
  onTakeOver: () => void;
}) {
  const state = useSyncExternalStore(gate.subscribe, gate.state);
  // What is known of guests goes when the gate ends. The name of the event may stay.
  const [event] = useState(state.known?.event);
  const [choices, choose] = useDeviceChoices();
  const [isChoosing, setChoosing] = useState(false);
  const [isFinding, setFinding] = useState(false);
  const [direction, setDirection] = useState<'in' | 'out'>('in');
  const chooseCamera = useCallback((cameraId: string) => choose({ cameraId }), [choose]);
  const rules = state.known?.rules;
  const checkpoint = rules?.checkpoints.find(({ id }) => id === (choices.checkpointId || ownCheckpoint));
  const place = {
    direction: handsOut(checkpoint?.kind) ? ('in' as const) : direction,
    checkpointId: checkpoint?.id ?? null,
  };
  useEffect(() => gate.use(), [gate]);
  useEffect(() => {
    for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, readySound, { once: true });
  }, []);
  useTitle(t('scan', { event: event?.title ?? '' }));
  const at = { gate: choices.gate.trim() || ownGate || undefined, place };
  const scans = useScans(gate, at, choices);
  useTypingScanner((readings) => void gate.choose(readings).then((code) => scans.submit(code)));
  const timeZone = event?.timeZone ?? 'UTC';
  // While the next guest is decided, nothing may be done about the one before.
  const outcome = scans.isPending ? null : scans.shown.outcome;
  if (state.isElsewhere) return <Elsewhere onTakeOver={onTakeOver} />;
  return (
    <div className="page flex max-w-xl flex-col gap-4 py-4">
      <header className="flex items-center gap-2">
        <Link
          to={back}
          aria-label={t('back')}
          className="-ms-2 grid size-11 shrink-0 place-items-center rounded-full hover:bg-sunken"
        >
          <Icon name="left" />
        </Link>
        <h1 tabIndex={-1} dir="auto" className="page-side min-w-0 flex-1 truncate text-lg font-bold">
          {event?.title}
        </h1>
        <p className="numeric rounded-full bg-sunken px-4 py-2 font-bold" aria-live="polite">
          {state.known ? t('counter', state.known) : '…'}
        </p>
      </header>
      <GateNotices state={state} timeZone={timeZone} />
      {event && <NotToday event={event} back={back} />}
      {rules && (
        <PlaceChoice
          rules={rules}
          checkpointId={checkpoint?.id ?? ''}
          direction={place.direction}
          onCheckpoint={(checkpointId) => choose({ checkpointId })}
          onDirection={setDirection}
        />
      )}
      <ScanResult shown={scans.shown} pending={scans.isPending} timeZone={timeZone} />
      {outcome?.kind === 'admitted' && (
        <GroupPanel
          key={outcome.ticketId}
          others={gate.othersOf(outcome.ticketId, place)}
          movement={outcome.movement}
          onAdmit={(ticketIds) => scans.submitGroup({ with: outcome.ticketId, ticketIds })}
        />
      )}
      {mayManage && outcome && (
        <ManagerActs eventId={state.eventId} outcome={outcome} onOverrule={scans.overrule} />
      )}
      <CameraView cameraId={choices.cameraId} onCamera={chooseCamera} onCode={scans.submitSeen} />
      <TypedCode onSubmit={scans.submit} />
      <Button look="quiet" onClick={() => setFinding(true)}>
        <Icon name="search" />
        {t('lookUp')}
      </Button>
      {isFinding && (
        <LookUpDialog
          gate={gate}
          hasNames={state.known?.hasNames ?? false}
          isOffline={state.contact === 'offline'}
          movement={handsOut(checkpoint?.kind) ? 'handout' : place.direction === 'out' ? 'exit' : 'entry'}
          onFound={(ticketId) => {
            setFinding(false);
            scans.submitFound(ticketId);
          }}
          onClose={() => setFinding(false)}
        />
      )}
      <Button look="quiet" onClick={() => setChoosing(true)}>
        <Icon name="list" />
        {choices.gate ? t('settingsAt', { gate: choices.gate }) : t('settings')}
      </Button>
      {isChoosing && <ChoicesDialog choices={choices} onChange={choose} onClose={() => setChoosing(false)} />}
      <RecentScans scans={scans.recent} timeZone={timeZone} onShow={scans.show} />
    </div>
  );
}

/** Says before the first scan that the event is on another day, because each scan uses up a ticket. */
const NotToday = memo(function NotToday({
  event,
  back,
}: {
  event: KnownEvent;
  back: typeof paths.door | typeof paths.doorLink;
}) {
  const { doorsAt, startsAt, endsAt, timeZone } = event;
  const times = { opensAt: new Date(doorsAt ?? startsAt), endsAt: new Date(endsAt) };
  const warning = doorWarning(times, new Date(useNowMs(60_000)));
  if (!warning) return null;
  return (
    <Notice tone="warn" live title={sayWarning(warning.code, warning.at.toISOString(), timeZone)}>
      <p>{t('usesUp')}</p>
      <Link to={back} className="mt-1 inline-block py-1 font-semibold underline underline-offset-2">
        {t('back')}
      </Link>
    </Notice>
  );
});

const TypedCode = memo(function TypedCode({ onSubmit }: { onSubmit: (code: string) => void }) {
  const [code, setCode] = useState('');
  return (
    <form
      className="flex flex-wrap items-start gap-x-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() === '') return;
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
      <Button type="submit" className="mt-7">
        {t('check')}
      </Button>
    </form>
  );
});
