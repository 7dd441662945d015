import { addressOf } from '../../../../client/endpoint.ts';
import { exportEvent } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { ExportFormat, ExportTable } from '../../../../contract/exports.ts';
import { Icon } from '../../ui/Icon.tsx';
import { t } from './words.ts';

const tables = {
  attendees: t('x_attendees'),
  orders: t('x_orders'),
  payments: t('x_payments'),
  'check-ins': t('x_checkIns'),
} satisfies Record<ExportTable, string>;

/** The names of the formats are the same in all languages. */
const formats = { csv: 'CSV', xlsx: 'Excel', json: 'JSON' } satisfies Record<ExportFormat, string>;

const keys = <K extends string>(table: Record<K, string>) => Object.keys(table) as K[];

/** The address of a file. Excel reads a CSV as UTF-8 only with a byte order mark. */
function fileOf({ id }: ManagedEvent, table: ExportTable, format: ExportFormat): string {
  const address = addressOf(exportEvent, { params: { eventId: id, file: `${table}.${format}` } });
  return format === 'csv' ? `${address}?bom=yes` : address;
}

/** The tables of an event as files. */
export function Downloads({ event }: { event: ManagedEvent }) {
  return (
    <section aria-labelledby="downloads" className="mt-6 rounded-card border border-line p-5">
      <h2 id="downloads" className="text-xl font-bold tracking-tight">
        {t('downloads')}
      </h2>
      <p className="mt-1 text-sm text-muted">{t('downloadsText')}</p>
      <ul className="mt-3 divide-y divide-line">
        {keys(tables).map((table) => (
          <li key={table} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2">
            <h3 className="font-semibold">{tables[table]}</h3>
            <p className="-mx-2 flex flex-wrap">
              {keys(formats).map((format) => (
                <a
                  key={format}
                  href={fileOf(event, table, format)}
                  download
                  aria-label={t('downloadAs', { table: tables[table], format: formats[format] })}
                  className="inline-flex min-h-11 items-center gap-1.5 rounded-control px-2 font-semibold text-accent underline-offset-4 hover:underline"
                >
                  <Icon name="download" size={16} />
                  <bdi>{formats[format]}</bdi>
                </a>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
