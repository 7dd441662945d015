import { memo } from 'react';
import { useNowMs } from '../../ui/clock.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { formatWhen } from '../../ui/When.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import type { GateState } from './offline/gate-state.ts';
import { refusalOf } from './refusals.ts';
import { t } from './words.ts';

/** Whether the gate reaches the server, what it has not handed in, and how old its knowledge is: always there, always plain. */
export function GateNotices({ state, timeZone }: { state: GateState; timeZone: string }) {
  const { contact, known, waiting, isKept, hasEnded, isUntrusted, problem, surprises } = state;
  const time = (ms: number) => formatWhen(new Date(ms).toISOString(), timeZone, 'time');
  const isOffline = contact === 'offline';
  const isExpired = useNowMs(30_000) > (known?.expiresMs ?? Number.POSITIVE_INFINITY);
  return (
    <>
      <div
        className={`flex min-h-11 flex-wrap items-center gap-x-3 rounded-field px-4 py-2 text-sm font-semibold ${isOffline ? 'bg-warn-soft text-warn' : 'bg-sunken text-muted'}`}
      >
        <span role="status" className="flex items-center gap-2">
          <Icon name={isOffline ? 'bolt' : 'check'} size={18} />
          {t(isOffline ? 'withoutNetwork' : contact === 'online' ? 'withNetwork' : 'connecting')}
        </span>
        {known && <Knowledge asOfMs={known.asOfMs} tickets={known.tickets} timeZone={timeZone} />}
        <span role="status">{waiting > 0 ? t('waiting', { count: waiting }) : ''}</span>
      </div>
      {hasEnded && (
        <Notice tone="bad" live title={t('door_link_ended')}>
          <p>{sayProblem(problem)}</p>
        </Notice>
      )}
      {!hasEnded && isExpired && (
        <Notice tone="bad" live title={t('knowledge_expired')}>
          <p>{t('knowledge_expiredDo')}</p>
        </Notice>
      )}
      {isUntrusted && (
        <Notice tone="bad" live title={t('untrusted')}>
          <p>{t('untrustedText')}</p>
        </Notice>
      )}
      {!isKept && (
        <Notice tone="bad" live title={t('diskFull')}>
          <p>{t('diskFullText')}</p>
        </Notice>
      )}
      {surprises.length > 0 && (
        <Notice tone="warn" live title={t('surprises', { count: surprises.length })}>
          <ul>
            {surprises.slice(0, 5).map(({ nonce, atMs, code, usedAt, gate, by }) => (
              <li key={nonce}>
                {t('surprise', { time: time(atMs), why: t(refusalOf(code).title) })}{' '}
                {[
                  usedAt && t('usedAt', { when: formatWhen(usedAt, timeZone) }),
                  gate && t('atGate', { gate }),
                  by && t('byName', { name: by }),
                ]
                  .filter(Boolean)
                  .join(' ')}
              </li>
            ))}
          </ul>
          <p>{t('surprisesDo')}</p>
        </Notice>
      )}
    </>
  );
}

/** It changes with a meeting and not with a scan. */
const Knowledge = memo(function Knowledge({
  asOfMs,
  tickets,
  timeZone,
}: {
  asOfMs: number;
  tickets: number;
  timeZone: string;
}) {
  const time = formatWhen(new Date(asOfMs).toISOString(), timeZone, 'time');
  return <span>{t('knowledgeOf', { time, count: tickets })}</span>;
});
