import { useMutation } from '@tanstack/react-query';
import { addressOf } from '../../../../client/endpoint.ts';
import { exportVouchers, printVouchers } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { mostPrinted } from '../../../../contract/voucher-fields.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { type Filter, filterQuery } from './queries.ts';
import { t } from './words.ts';

interface Props {
  event: ManagedEvent;
  filter: Filter;
  /** How many codes the filter finds in any state, or at most how many. */
  count: number;
  isExact: boolean;
}

/** Downloads the codes that the filter finds, prints them as cards, and copies their links. */
export function TakeCodes({ event, filter, count, isExact }: Props) {
  const { state: _, ...printed } = filterQuery(filter);
  const parts = Math.max(1, Math.ceil(count / mostPrinted));
  // Only open codes are printed. A link for a part that may not be there would fail.
  const isPrintable = (filter.state === null || filter.state === 'open') && (isExact || count <= mostPrinted);
  const sheet = addressOf(printVouchers, { params: { eventId: event.id } });
  return (
    <div className="mt-3">
      <p className="-mx-2 flex flex-wrap items-center">
        {/* Excel reads a CSV as UTF-8 only with a byte order mark. */}
        <Taken address={fileOf(event, 'csv', { ...filterQuery(filter), bom: 'yes' })}>
          {t('download', { format: 'CSV' })}
        </Taken>
        <Taken address={fileOf(event, 'xlsx', filterQuery(filter))}>
          {t('download', { format: 'Excel' })}
        </Taken>
        {Array.from({ length: isPrintable ? parts : 0 }, (_part, i) => (
          <Taken
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sheet are their numbers
            key={i}
            address={withQuery(sheet, { ...printed, part: String(i + 1) })}
          >
            {parts === 1
              ? t('print')
              : t('printPart', {
                  from: String(i * mostPrinted + 1),
                  to: String(Math.min(count, (i + 1) * mostPrinted)),
                })}
          </Taken>
        ))}
      </p>
      {!isPrintable && <p className="mt-1 text-sm text-muted">{t('printWhich')}</p>}
      <CopyLinks event={event} filter={filter} />
    </div>
  );
}

const withQuery = (address: string, query: Record<string, string>): string => {
  const params = new URLSearchParams(query);
  return params.size > 0 ? `${address}?${params}` : address;
};

const fileOf = (event: ManagedEvent, format: 'csv' | 'xlsx', query: Record<string, string>): string =>
  withQuery(
    addressOf(exportVouchers, { params: { eventId: event.id, voucherFile: `codes.${format}` } }),
    query,
  );

function Taken({ address, children }: { address: string; children: string }) {
  return (
    <a
      href={address}
      download
      className="inline-flex min-h-11 items-center gap-1.5 rounded-control px-2 font-semibold text-accent underline-offset-4 hover:underline"
    >
      <Icon name="download" size={16} />
      {children}
    </a>
  );
}

/** Copies the links of all open codes that the filter finds, one in each line. */
function CopyLinks({ event, filter }: Pick<Props, 'event' | 'filter'>) {
  const copy = useMutation({
    mutationFn: async () => {
      const links = readLinks(event, filter);
      // Safari copies only within the press, so it is given a text that comes later.
      const text = links.then((all) => new Blob([all.join('\n')], { type: 'text/plain' }));
      const written = navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]);
      const [all] = await Promise.all([links, written]);
      return all.length;
    },
  });
  return (
    <div className="mt-1 flex flex-wrap items-center gap-3">
      <Button look="quiet" size="small" busy={copy.isPending} onClick={() => copy.mutate()}>
        {t('copyLinks')}
      </Button>
      <span role="status">{copy.data !== undefined && t('linksCopied', { count: copy.data })}</span>
      {copy.error && (
        <Notice tone="bad" live>
          {copy.error instanceof DOMException ? t('notCopied') : sayProblem(copy.error)}
        </Notice>
      )}
    </div>
  );
}

async function readLinks(event: ManagedEvent, filter: Filter): Promise<string[]> {
  const file: unknown = await call(exportVouchers, {
    params: { eventId: event.id, voucherFile: 'codes.json' },
    query: { ...filterQuery(filter), state: 'open' },
  });
  return (file as { link: string }[]).map(({ link }) => link);
}
