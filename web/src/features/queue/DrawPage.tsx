import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf } from '../../../../client/endpoint.ts';
import { getQueue } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { Event } from '../../../../contract/events.ts';
import { maySignedIn } from '../../api/session.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { eventQuery } from '../buy/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { type Check, checkDraw, type PublishedDraw, readDraw } from './check-draw.ts';
import { knownNoted } from './noted.ts';
import { myEntryQuery } from './queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/e/$slug/queue/draw');

/** Repeats the draw of a queue in this browser, and says whether the published order is right. */
export function DrawPage() {
  const { slug } = route.useParams();
  const { data: event } = useSuspenseQuery(eventQuery(slug));
  useTitle(`${t('checkDraw')}: ${event.title}`);
  return (
    <Subpage
      back={{ to: paths.queue, params: { slug: event.slug } }}
      backText={t('backToQueue')}
      title={t('checkDraw')}
    >
      <p className="mt-1 text-muted">
        <bdi>{event.title}</bdi>
      </p>
      {/* Browsers have it only on pages that came encrypted, or from this machine. */}
      {crypto.subtle ? (
        <Checked event={event} />
      ) : (
        <Notice tone="warn" className="mt-6">
          {t('checkNeedsHttps')}
        </Notice>
      )}
      <section aria-labelledby="rules" className="mt-10 border-t border-line pt-8">
        <h2 id="rules" className="text-xl font-bold tracking-tight">
          {t('rules')}
        </h2>
        <ol className="mt-3 list-decimal space-y-2 ps-5">
          <li>{t('rule1')}</li>
          <li>{t('rule2')}</li>
          <li>{t('rule3')}</li>
          <li>{t('rule4')}</li>
          <li>{t('rule5')}</li>
          <li>{t('rule6')}</li>
          <li>{t('rule7')}</li>
        </ol>
        <p className="mt-4 text-muted">
          {t('rulesElsewhere')}{' '}
          <code dir="ltr" className="wrap-anywhere">
            {`npm run verify-draw -- ${location.origin}${addressOf(getQueue, { params: { eventId: event.id } })}`}
          </code>
        </p>
      </section>
    </Subpage>
  );
}

function Checked({ event }: { event: Event }) {
  const [read, setRead] = useState<{ read: number; of: number } | null>(null);
  const own = useQuery({ ...myEntryQuery(event.id), enabled: maySignedIn() });
  const knowsOwn = !maySignedIn() || !own.isPending;
  const checked = useQuery({
    queryKey: ['queue-draw', event.id],
    queryFn: async ({ signal }) => {
      const draw = await readDraw(event.id, { signal, onRead: (read, of) => setRead({ read, of }) });
      return { draw, checks: await checkDraw(draw, { own: own.data ?? null, noted: knownNoted(event.id) }) };
    },
    enabled: knowsOwn,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    structuralSharing: false,
  });
  if (checked.error)
    return (
      <Notice tone={isProblem(checked.error, 'draw_pending') ? 'info' : 'bad'} live className="mt-6">
        <p>{sayProblem(checked.error)}</p>
        <Button look="quiet" size="small" className="mt-3" onClick={() => void checked.refetch()}>
          {t('again')}
        </Button>
      </Notice>
    );
  if (!checked.data)
    return (
      <p role="status" className="mt-6 min-h-40 font-semibold">
        {read ? t('reading', read) : t('readingFirst')}
      </p>
    );
  const { draw, checks } = checked.data;
  const id = knownNoted(event.id)?.entryId ?? own.data?.id ?? null;
  return (
    <>
      <Verdict checks={checks} />
      <ul className="mt-5 grid gap-3">
        {checks.map((check) => (
          <li key={check.of} className="flex gap-3">
            <Icon
              name={check.holds === null ? 'minus' : check.holds ? 'check' : 'cross'}
              className={`mt-0.5 shrink-0 ${check.holds === null ? 'text-muted' : check.holds ? 'text-good' : 'text-bad'}`}
            />
            <span className={check.holds === false ? 'font-semibold text-bad' : ''}>{say(check, draw)}</span>
          </li>
        ))}
      </ul>
      <Order draw={draw} ownId={id} />
    </>
  );
}

function Verdict({ checks }: { checks: Check[] }) {
  const isRight = checks.every(({ holds }) => holds !== false);
  const isOwnRight = checks.some(({ of, holds }) => of === 'own' && holds);
  return (
    <Notice
      tone={isRight ? 'good' : 'bad'}
      live
      className="mt-6"
      title={t(!isRight ? 'drawWrong' : isOwnRight ? 'drawRightOwn' : 'drawRight')}
    >
      {!isRight && <p>{t('drawWrongText')}</p>}
    </Notice>
  );
}

/** What was checked, and what came out. */
function say(check: Check, { count, beaconTerms }: PublishedDraw): string {
  const { holds } = check;
  switch (check.of) {
    case 'secret':
      return t(holds ? 'secretRight' : 'secretWrong');
    case 'noted':
      return t(holds === null ? 'notedNone' : holds ? 'notedRight' : 'notedWrong');
    case 'complete':
      return holds ? t('completeRight', { count }) : t('completeWrong');
    case 'beacon':
      if (check.fault === null) return t('beaconRight', { round: beaconTerms?.round ?? 0 });
      return t(
        check.fault === 'dropped' ? 'beaconDropped' : check.fault === 'noted' ? 'beaconOther' : 'beaconWrong',
      );
    case 'order':
      return check.position === null ? t('orderRight') : t('orderWrong', { position: check.position });
    case 'own':
      if (holds === null) return t('ownNone');
      return holds ? t('ownRight') : t(`own_${check.fault ?? 'missing'}`);
  }
}

/** How many positions are shown on each side of the own one. */
const beside = 4;

/** The positions around the own one, or the first ones. */
function Order({ draw, ownId }: { draw: PublishedDraw; ownId: string | null }) {
  const own = draw.entries.findIndex(({ id }) => id === ownId);
  const first = Math.max(0, own - beside);
  const shown = draw.entries.slice(first, first + 2 * beside + 1);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="order" className="mt-10">
      <h2 id="order" className="text-xl font-bold tracking-tight">
        {t(own === -1 ? 'orderFirst' : 'orderAround')}
      </h2>
      <ol start={first + 1} className="mt-3 divide-y divide-line border-y border-line">
        {shown.map(({ id, lane }, i) => (
          <li
            key={id}
            value={first + i + 1}
            aria-current={first + i === own || undefined}
            className={`flex items-baseline gap-4 px-3 py-2 ${first + i === own ? 'bg-accent-soft font-bold' : ''}`}
          >
            <span className="numeric min-w-12 text-end">{first + i + 1}</span>
            <span dir="ltr" className="min-w-0 font-mono text-sm wrap-anywhere">
              {id}
            </span>
            {lane && (
              <span className="text-sm text-muted">
                {t('laneOf', { name: draw.lanes.find(({ key }) => key === lane)?.name ?? lane })}
              </span>
            )}
            {first + i === own && <span className="ms-auto shrink-0 text-accent">{t('you')}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
