import { memo, type ReactNode, useEffect, useRef } from 'react';
import type { CheckIn } from '../../../../contract/check-ins.ts';
import type { DoorNote } from '../../../../contract/door-notes.ts';
import type { DoorWarning } from '../../../../contract/door-warning.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { isKnownRefusal, refusalOf } from './refusals.ts';
import { type Look, Shape } from './Shape.tsx';
import { isCrowded, needsLook, type ScanOutcome, type ShownTicket } from './scan-outcome.ts';
import { t } from './words.ts';

const box = 'flex min-h-72 flex-col items-center justify-center rounded-3xl p-5 text-center';

/** What to do with the guest, readable from two metres: colour, shape, sign and word say the same. */
export function ScanResult({
  shown: { key, outcome },
  pending,
  timeZone,
}: {
  /** A new key for each scan: two guests of one order have the same words, and each result must be heard. */
  shown: { key: string; outcome: ScanOutcome | null };
  pending: boolean;
  timeZone: string;
}) {
  const place = useRef<HTMLDivElement>(null);
  // The steward may have scrolled down to the camera.
  useEffect(() => {
    if (outcome) place.current?.scrollIntoView({ block: 'nearest' });
  }, [outcome]);
  return (
    <div
      ref={place}
      role="status"
      aria-live="assertive"
      aria-atomic="true"
      className="relative [contain:content]"
    >
      <div className={pending ? 'invisible' : undefined}>
        <Result key={key} outcome={outcome} timeZone={timeZone} />
      </div>
      {/* It only appears and disappears: to build it for each scan took a slow phone longer than the decision. */}
      <div hidden={!pending} className="absolute inset-0">
        <div className={`${box} h-full bg-sunken text-muted`}>
          <Icon name="ticket" size={48} className="animate-[breathe_0.8s_ease-in-out_infinite]" />
          <p className="mt-2 text-lg font-semibold">{t('checking')}</p>
        </div>
      </div>
    </div>
  );
}

const Result = memo(function Result({
  outcome,
  timeZone,
}: {
  outcome: ScanOutcome | null;
  timeZone: string;
}) {
  if (outcome === null)
    return (
      <div className={`${box} bg-sunken text-muted`}>
        <Icon name="ticket" size={48} />
      </div>
    );
  if (outcome.kind === 'admitted') return <Admitted outcome={outcome} timeZone={timeZone} />;
  if (outcome.kind === 'group') return <Group outcome={outcome} />;
  if (outcome.kind === 'refused') return <Refused outcome={outcome} timeZone={timeZone} />;
  return (
    <div className={`${box} bg-gate-wait text-white`}>
      <Sign look="wait" icon="bolt" />
      <Verdict>{t('offline')}</Verdict>
      <p className="mt-2 text-lg">{t('offlineText')}</p>
    </div>
  );
});

function Admitted({
  outcome,
  timeZone,
}: {
  outcome: Extract<ScanOutcome, { kind: 'admitted' }>;
  timeZone: string;
}) {
  const { movement, ticket, warning, presence, isLocal } = outcome;
  const isAmber = needsLook(outcome);
  return (
    <div className={`${box} text-white ${isAmber ? 'bg-gate-wait' : 'bg-gate-admit'}`}>
      <Sign
        look={isAmber ? 'wait' : 'admit'}
        icon={isAmber ? 'warning' : movement === 'exit' ? 'out' : 'check'}
      />
      <Verdict>{t(verdicts[movement])}</Verdict>
      {warning && <p className="mt-2 text-xl font-bold">{sayWarning(warning.code, warning.at, timeZone)}</p>}
      {presence && isCrowded(presence) && <p className="mt-2 text-xl font-bold">{sayPresence(presence)}</p>}
      <Ticket ticket={ticket} />
      {presence && !isCrowded(presence) && <p className="mt-1">{sayPresence(presence)}</p>}
      {isLocal && <p className="mt-1 font-semibold">{t('notHandedIn')}</p>}
    </div>
  );
}

type GroupOutcome = Extract<ScanOutcome, { kind: 'group' }>;

/** How many of how many, and why the others were not. */
function Group({ outcome }: { outcome: GroupOutcome }) {
  const { admitted, of, movement, refused, notes, ticket, presence, isLocal } = outcome;
  const look = admitted === 0 ? 'refuse' : needsLook(outcome) ? 'wait' : 'admit';
  return (
    <div className={`${box} text-white ${grounds[look]}`}>
      <Sign
        look={look}
        icon={
          look === 'admit' ? (movement === 'exit' ? 'out' : 'check') : look === 'wait' ? 'warning' : 'cross'
        }
      />
      <Verdict>{sayGroup(outcome)}</Verdict>
      {refused.map((code) => (
        <p key={code} className="mt-2 text-xl font-bold">
          {t(refusalOf(code).title)}
        </p>
      ))}
      {admitted < of && <p className="mt-2 text-lg">{t('groupRest')}</p>}
      <Notes notes={notes} />
      {ticket && <p className="mt-1 text-white/90">{t('order', { number: ticket.orderNumber })}</p>}
      {presence && <p className="mt-1 text-xl font-bold">{sayPresence(presence)}</p>}
      {isLocal && <p className="mt-1 font-semibold">{t('notHandedIn')}</p>}
    </div>
  );
}

export const sayGroup = ({ movement, admitted, of }: GroupOutcome): string =>
  t(movement === 'exit' ? 'groupOut' : movement === 'handout' ? 'groupHandedOut' : 'groupIn', {
    admitted,
    of,
  });

const grounds = { admit: 'bg-gate-admit', refuse: 'bg-gate-refuse', wait: 'bg-gate-wait' } as const;

const verdicts = { entry: 'admitted', exit: 'wentOut', handout: 'handedOut' } as const;

const sayPresence = ({ inside, limit }: NonNullable<CheckIn['presence']>): string =>
  limit === null ? t('inside', { inside }) : t('insideOf', { inside, limit });

function Ticket({ ticket }: { ticket: ShownTicket }) {
  const { attendeeName, ticketTypeName, place, orderNumber, notes = [] } = ticket;
  return (
    <>
      {attendeeName && (
        <p className="mt-2 max-w-full text-3xl font-bold wrap-break-word">
          <bdi>{attendeeName}</bdi>
        </p>
      )}
      <p className="mt-1 max-w-full text-2xl font-semibold wrap-break-word">
        <bdi>{ticketTypeName}</bdi>
      </p>
      {place && <p className="text-2xl">{sayPlace(place)}</p>}
      <Notes notes={notes} />
      <p className="mt-1 text-white/90">{t('order', { number: orderNumber })}</p>
    </>
  );
}

/** Large, on a ground of their own: the steward reads them at arm's length. */
function Notes({ notes }: { notes: DoorNote[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className="mt-3 flex w-full flex-col gap-2">
      {notes.map(({ kind, label, text }) => (
        <li key={`${kind} ${label} ${text}`} className="rounded-2xl bg-black/30 px-4 py-2 wrap-anywhere">
          {label && (
            <span className="block text-base font-semibold">
              <bdi>{label}</bdi>
            </span>
          )}
          <span className="block text-2xl font-bold">
            <bdi>{kind === 'wheelchair_place' || kind === 'companion_place' ? t(kind) : text}</bdi>
          </span>
        </li>
      ))}
    </ul>
  );
}

export const sayPlace = (place: NonNullable<ShownTicket['place']>): string =>
  place.row === '' ? t('seatNameNoRow', { section: place.section, seat: place.seat }) : t('seatName', place);

/** What is unlikely about the time of a scan, with the date. */
export const sayWarning = (code: DoorWarning['code'], at: string, timeZone: string): string =>
  t(code === 'long_before_doors' ? 'notYet' : 'longOver', { when: formatWhen(at, timeZone, 'long') });

function Refused({
  outcome,
  timeZone,
}: {
  outcome: Extract<ScanOutcome, { kind: 'refused' }>;
  timeZone: string;
}) {
  const { code, error, usedAt, gate, by, retryAfterSeconds: seconds } = outcome;
  const { icon, look, title, advice } = refusalOf(code);
  const where = [
    usedAt && t('usedAt', { when: formatWhen(usedAt, timeZone) }),
    gate && t('atGate', { gate }),
    by && t('byName', { name: by }),
  ];
  return (
    <div className={`${box} text-white ${grounds[look]}`}>
      <Sign look={look} icon={icon} />
      <p className="mt-2 text-xl font-bold">{t('refused')}</p>
      <Verdict>{t(title)}</Verdict>
      {where.some(Boolean) && <p className="mt-1 text-xl font-semibold">{where.filter(Boolean).join(' ')}</p>}
      {seconds !== undefined && <p className="mt-1 text-xl font-semibold">{t('againIn', { seconds })}</p>}
      <p className="mt-2 text-lg">{isKnownRefusal(code) || !error ? t(advice) : sayProblem(error)}</p>
    </div>
  );
}

function Verdict({ children }: { children: ReactNode }) {
  return (
    <p className="max-w-full text-[2.75rem] leading-tight font-extrabold tracking-tight wrap-break-word">
      {children}
    </p>
  );
}

const ink = { admit: 'text-gate-admit', refuse: 'text-gate-refuse', wait: 'text-gate-wait' } as const;

function Sign({ look, icon }: { look: Look; icon: IconName }) {
  return (
    <span className={`relative grid size-28 shrink-0 place-items-center ${ink[look]}`}>
      <Shape look={look} isWhite className="absolute inset-0" />
      <Icon
        name={icon}
        size={look === 'wait' ? 48 : 72}
        strokeWidth={icon === 'check' || icon === 'cross' ? 3.5 : 2.25}
        className={`relative ${look === 'wait' ? 'mt-7' : ''}`}
      />
    </span>
  );
}
