import { Link } from '@tanstack/react-router';
import type { Event } from '../../../../contract/events.ts';
import type { Queue } from '../../../../contract/waiting-room.ts';
import { paths } from '../../paths.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { OwnEntry } from './stage.ts';
import { t } from './words.ts';

/** How chance decides, and what a person may note before the draw to check it later. */
export function DrawNote({ event, queue, entry }: { event: Event; queue: Queue; entry: OwnEntry | null }) {
  return (
    <details className="group mt-6 rounded-card border border-line p-5">
      <summary className="flex min-h-11 cursor-pointer items-center justify-between gap-4 font-bold">
        {t('draw')}
        <Icon name="down" className="shrink-0 transition-transform group-open:rotate-180" />
      </summary>
      <p className="mt-3">{t('drawText')}</p>
      <dl className="mt-4 grid gap-3 text-sm">
        <Fact term={t('hash')} value={queue.commitment} />
        {queue.beacon && <Fact term={t('beaconRound')} value={String(queue.beacon.round)} />}
        {queue.beacon && <Fact term={t('beaconChain')} value={queue.beacon.hash} />}
        {queue.beacon?.listHash && <Fact term={t('listHash')} value={queue.beacon.listHash} />}
        {entry && <Fact term={t('yourSalt')} value={entry.salt} />}
        {entry && <Fact term={t('yourEntry')} value={entry.id} />}
      </dl>
      {entry && <p className="mt-3 text-sm text-muted">{t('kept')}</p>}
      {queue.drawnAt && (
        <Link
          to={paths.queueDraw}
          params={{ slug: event.slug }}
          className="mt-3 inline-flex min-h-11 items-center font-semibold text-accent underline underline-offset-4"
        >
          {t('checkDraw')}
        </Link>
      )}
    </details>
  );
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt className="font-semibold">{term}</dt>
      <dd dir="ltr" className="text-start font-mono wrap-anywhere text-muted">
        {value}
      </dd>
    </div>
  );
}
