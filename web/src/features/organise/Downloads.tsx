import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf } from '../../../../client/endpoint.ts';
import { exportEvent, getSettlementPdf } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { ExportFormat, ExportTable } from '../../../../contract/exports.ts';
import { paths } from '../../paths.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { language } from '../../ui/language.ts';
import { t as tExtras } from '../extras/words.ts';
import { t } from './words.ts';

const tables = {
  attendees: 'x_attendees',
  orders: 'x_orders',
  payments: 'x_payments',
  'check-ins': 'x_checkIns',
  tax: 'x_tax',
  answers: 'x_answers',
} as const satisfies Record<Exclude<ExportTable, 'extras'>, string>;

const allTables: ExportTable[] = [...(Object.keys(tables) as (keyof typeof tables)[]), 'extras'];
const nameOf = (table: ExportTable) => (table === 'extras' ? tExtras('products') : t(tables[table]));

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
        {allTables.map((table) => (
          <li key={table} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2">
            <h3 className="font-semibold">{nameOf(table)}</h3>
            <p className="-mx-2 flex flex-wrap">
              {keys(formats).map((format) => (
                <a
                  key={format}
                  href={fileOf(event, table, format)}
                  download
                  aria-label={t('downloadAs', { table: nameOf(table), format: formats[format] })}
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
      <Link
        to={paths.scheduledExports}
        params={{ eventId: event.id }}
        className={buttonClass('quiet', 'medium', 'mt-3')}
      >
        {t('downloadsOnSchedule')}
      </Link>
      <Settlement event={event} />
    </section>
  );
}

/** The settlement for the accountant: of some days, or of all without them. */
function Settlement({ event }: { event: ManagedEvent }) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const query = { ...(from && { from }), ...(to && { to }), language: language() };
  return (
    <div className="mt-4 border-t border-line pt-4">
      <h3 className="font-semibold">{t('settlement')}</h3>
      <p className="mt-1 text-sm text-muted">{t('settlementText')}</p>
      <div className="mt-3 flex flex-wrap items-end gap-3">
        <Field
          type="date"
          label={t('settlementFrom')}
          value={from}
          max={to || undefined}
          className="min-w-0 basis-40"
          onChange={({ target }) => setFrom(target.value)}
        />
        <Field
          type="date"
          label={t('settlementTo')}
          value={to}
          min={from || undefined}
          className="min-w-0 basis-40"
          onChange={({ target }) => setTo(target.value)}
        />
        <a
          href={`${addressOf(getSettlementPdf, { params: { eventId: event.id } })}?${new URLSearchParams(query)}`}
          download
          className={buttonClass('quiet')}
        >
          <Icon name="download" size={16} />
          {t('settlementGet')}
        </a>
      </div>
    </div>
  );
}
