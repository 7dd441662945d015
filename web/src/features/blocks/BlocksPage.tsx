import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { releaseBlock } from '../../../../client/endpoints.generated.ts';
import type { Block } from '../../../../contract/blocks.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { useMay } from '../../api/use-may.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Subpage } from '../../ui/Subpage.tsx';
import { useTitle } from '../../ui/title.ts';
import { formatWhen } from '../../ui/When.tsx';
import { managedEventQuery } from '../organise/queries.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { BlockForm } from './BlockForm.tsx';
import { blocksQuery } from './queries.ts';
import { t } from './words.ts';

const route = getRouteApi('/organise/events/$eventId/blocks');

/** The places of an event that its team keeps off sale. */
export function BlocksPage() {
  const { eventId } = route.useParams();
  const { data: event } = useSuspenseQuery(managedEventQuery(eventId));
  const blocks = useQuery(blocksQuery(event.id));
  const may = useMay(event.organisation.id, event.id);
  useTitle(`${t('title')} · ${event.title}`);
  return (
    <Subpage
      back={{ to: paths.managedEvent, params: { eventId: event.id } }}
      backText={event.title}
      title={t('title')}
    >
      <p className="mt-2 text-muted">{t('text')}</p>
      {may('places.block') && event.status !== 'cancelled' && <BlockForm event={event} />}
      {blocks.error && (
        <Notice tone="bad" live className="mt-6">
          {sayProblem(blocks.error)}
        </Notice>
      )}
      {blocks.data && (
        <section className="mt-10">
          <h2 className="text-xl font-bold tracking-tight">{t('blocked')}</h2>
          {blocks.data.length === 0 && <p className="mt-3 text-muted">{t('empty')}</p>}
          <ul className="mt-3 divide-y divide-line border-line not-empty:border-y">
            {blocks.data.map((block) => (
              <BlockRow key={block.id} eventId={event.id} block={block} timeZone={event.timeZone} />
            ))}
          </ul>
        </section>
      )}
    </Subpage>
  );
}

interface RowProps {
  eventId: EventId;
  block: Block;
  timeZone: string;
}

function BlockRow({ eventId, block, timeZone }: RowProps) {
  const client = useQueryClient();
  const release = useMutation({
    mutationFn: () => call(releaseBlock, { params: { eventId, blockId: block.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['blocks', eventId] }),
  });
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-4">
      <div className="min-w-0">
        <p className="font-semibold wrap-anywhere">
          <bdi>{block.label}</bdi> · {t('places', { count: block.places })}
        </p>
        {block.lines.map((line) => (
          <p key={line.ticketTypeId} className="text-sm wrap-anywhere">
            <bdi>{`${line.quantity} × ${line.name}`}</bdi>
            {line.seats && <> · {line.seats.map(({ row, seat }) => `${row}${seat}`).join(', ')}</>}
          </p>
        ))}
        <p className="mt-1 text-sm text-muted">
          {t('since', { when: formatWhen(block.createdAt, timeZone) })}
        </p>
        {release.error && (
          <Notice tone="bad" live className="mt-2">
            {sayProblem(release.error)}
          </Notice>
        )}
      </div>
      <Button
        look="quiet"
        size="small"
        busy={release.isPending}
        aria-label={`${t('release')}: ${block.label}`}
        onClick={() => release.mutate()}
      >
        {t('release')}
      </Button>
    </li>
  );
}
