import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf } from '../../../../client/endpoint.ts';
import { getDocumentPdf } from '../../../../client/endpoints.generated.ts';
import type { Document, OrderDocuments } from '../../../../contract/documents.ts';
import type { Order } from '../../../../contract/orders.ts';
import { mostCorrections } from '../../../../contract/parties.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ownTimeZone } from '../../ui/time-zone.ts';
import { When } from '../../ui/When.tsx';
import { InvoiceDialog } from './InvoiceDialog.tsx';
import { documentsQuery } from './queries.ts';
import { t } from './words.ts';

/**
 * The receipts, invoices and credit notes of a paid order. The buyer also finds the way to an invoice with an address; the
 * organiser only reads.
 */
export function Documents({
  order,
  offline = false,
  readOnly = false,
}: {
  order: Order;
  offline?: boolean;
  readOnly?: boolean;
}) {
  const isPaid = order.confirmedAt !== null && order.total.amount > 0;
  const query = documentsQuery(order.id, order.refunded.amount);
  const { data, isError, refetch, isFetching } = useQuery({
    ...query,
    enabled: isPaid && !offline,
    placeholderData: (before) => before,
  });
  if (!isPaid) return null;
  return (
    <section aria-labelledby="documents" className="mt-10 max-w-xl">
      <h2 id="documents" className="text-xl font-bold tracking-tight">
        {t('title')}
      </h2>
      {offline && !data && <p className="mt-3 text-muted">{t('offline')}</p>}
      {isError && !data && (
        <Notice tone="bad" className="mt-3">
          <p>{t('failed')}</p>
          <Button look="quiet" size="small" className="mt-3" busy={isFetching} onClick={() => refetch()}>
            {t('retry')}
          </Button>
        </Notice>
      )}
      {data && (
        <>
          <ul className="mt-3 divide-y divide-line border-y border-line">
            {data.items.map((document) => (
              <DocumentRow key={document.id} document={document} />
            ))}
          </ul>
          {!readOnly && <Invoice order={order} documents={data} offline={offline} />}
        </>
      )}
    </section>
  );
}

function DocumentRow({ document }: { document: Document }) {
  const { id, kind, number, issuedAt, total, reason } = document;
  const name = t(kind, { number });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-3">
      <div className="min-w-0 grow basis-40">
        <p className="font-semibold">{name}</p>
        <p className="text-sm text-muted">
          <When at={issuedAt} timeZone={ownTimeZone()} format="date" />
          {reason && ` · ${t(reason)}`}
        </p>
      </div>
      <div className="flex items-center gap-4">
        <span>
          {kind === 'credit_note' && '−'}
          {formatMoney(total)}
        </span>
        <a
          href={addressOf(getDocumentPdf, { params: { documentId: id } })}
          target="_blank"
          rel="noopener"
          aria-label={`${t('open')}: ${name}`}
          className="inline-flex min-h-11 items-center gap-1.5 font-medium underline underline-offset-2"
        >
          <Icon name="download" size={18} />
          PDF
        </a>
      </div>
    </li>
  );
}

function Invoice({
  order,
  documents,
  offline,
}: {
  order: Order;
  documents: OrderDocuments;
  offline: boolean;
}) {
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<'invoice' | 'receipt' | null>(null);
  const { correctionsLeft, invoiceAddress } = documents;
  const isRefunded = order.refunded.amount === order.total.amount;
  const because = isRefunded
    ? t('nothingLeft')
    : correctionsLeft === 0 && t('noneLeft', { count: mostCorrections });
  return (
    <div className="mt-4">
      {done && (
        <Notice tone="good" live className="mb-4">
          {t(done === 'invoice' ? 'done' : 'doneReceipt')}
        </Notice>
      )}
      <Button look="quiet" disabledBecause={offline ? t('offline') : because} onClick={() => setAsking(true)}>
        {t(invoiceAddress ? 'change' : 'ask')}
      </Button>
      {because && <p className="mt-2 text-sm text-muted">{because}</p>}
      {asking && (
        <InvoiceDialog
          order={order}
          documents={documents}
          onClose={() => setAsking(false)}
          onDone={(kind) => {
            setDone(kind);
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}
