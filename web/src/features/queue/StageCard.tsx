import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Event } from '../../../../contract/events.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Countdown } from '../../ui/Countdown.tsx';
import { InDraw } from './InDraw.tsx';
import { InLine } from './InLine.tsx';
import { Join } from './Join.tsx';
import { LeaveButton } from './LeaveButton.tsx';
import { sayMinutes } from './say-wait.ts';
import type { QueueNow } from './use-queue.ts';
import { t } from './words.ts';

/** What the person can do now, or what they wait for. */
export function StageCard(props: QueueNow & { event: Event }) {
  return (
    <section
      aria-labelledby="stage"
      className="mt-5 min-h-80 rounded-3xl border border-line bg-raised p-5 shadow-lift sm:p-8"
    >
      <Content {...props} />
    </section>
  );
}

export const Headline = ({ children }: { children: ReactNode }) => (
  <h2 id="stage" className="text-3xl font-extrabold tracking-tight text-balance">
    {children}
  </h2>
);

function Content({ event, queue, entry, stage }: QueueNow & { event: Event }) {
  switch (stage) {
    case 'none':
    case 'standby':
      return (
        <Said title={t(stage)} text={t(`${stage}Text`)}>
          <ChooseLink event={event} />
        </Said>
      );
    case 'over':
      return <Said title={t('over')} text={t('overText')} />;
    case 'bought':
      return (
        <Said title={t('bought')} text={t('boughtText')}>
          <Link to={paths.orders} className={buttonClass('primary', 'large', 'w-full sm:w-auto')}>
            {t('toTickets')}
          </Link>
          {queue && queue.state !== 'ended' && <Join event={event} queue={queue} entry={entry} isQuiet />}
        </Said>
      );
    case 'called':
      return <Said title={t('called')} text={t('calledText')} />;
  }
  if (!queue) return null;
  if (stage === 'join') return <Join event={event} queue={queue} entry={entry} />;
  if (!entry) return null;
  if (stage === 'before_draw' || stage === 'drawing')
    return <InDraw event={event} queue={queue} entry={entry} isDrawing={stage === 'drawing'} />;
  if (stage !== 'active') return <InLine event={event} queue={queue} entry={entry} stage={stage} />;
  return (
    <Said title={t('active')} text={t('activeText')}>
      <p className="text-lg font-semibold">
        <span className="text-3xl">
          <Countdown
            endsAtMs={Date.parse(entry.activeUntil ?? '')}
            offsetMs={entry.offsetMs}
            label={t('leftToChoose')}
            onEnd={() => {}}
          />
        </span>{' '}
        {t('leftToChoose')}
      </p>
      <ChooseLink event={event} />
      <p className="text-sm text-muted">
        {t('activeMissed')} {t('activeIdle', { minutes: sayMinutes(Math.round(queue.idleSeconds / 60)) })}
      </p>
      <LeaveButton eventId={event.id} />
    </Said>
  );
}

function Said({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <>
      <Headline>{title}</Headline>
      <p className="mt-3 text-lg">{text}</p>
      {children && <div className="mt-6 grid gap-5">{children}</div>}
    </>
  );
}

/** The way to the places: the map of the seats, or the ticket types on the page of the event. */
function ChooseLink({ event }: { event: Event }) {
  const look = buttonClass('primary', 'large', 'w-full');
  return event.hasSeatMap ? (
    <Link to={paths.seats} params={{ slug: event.slug }} className={look}>
      {t('choose')}
    </Link>
  ) : (
    <Link to={paths.event} params={{ slug: event.slug }} hash="tickets" className={look}>
      {t('choose')}
    </Link>
  );
}
