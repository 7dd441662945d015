import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { markBankReturnsSent } from '../../../../client/endpoints.generated.ts';
import type { BankReturn } from '../../../../contract/bank-statements.ts';
import { minorDigits } from '../../../../contract/currencies.ts';
import { inGroups } from '../../../../contract/iban.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { formatMoney, Money } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { returnsQuery } from './queries.ts';
import { t } from './words.ts';

/** Money that the organiser sends back by bank transfer. */
export function Returns({ organisationId }: { organisationId: OrganisationId }) {
  const client = useQueryClient();
  const returns = useQuery(returnsQuery(organisationId));
  const sent = useMutation({
    mutationFn: (id: BankReturn['id']) =>
      call(markBankReturnsSent, { params: { organisationId }, body: { ids: [id] } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['bank', organisationId] }),
  });
  const error = returns.error ?? sent.error;
  return (
    <section aria-labelledby="returns" className="mt-12">
      <h2 id="returns" className="text-xl font-bold tracking-tight">
        {t('returns')}
      </h2>
      <p className="mt-2 text-muted">{t('returnsText')}</p>
      {error && (
        <Notice tone="bad" live className="mt-4">
          {sayProblem(error)}
        </Notice>
      )}
      {returns.isPending && <Skeleton className="mt-4 h-32" />}
      {returns.data?.items.length === 0 && <p className="mt-4 text-muted">{t('noReturns')}</p>}
      {returns.data && returns.data.items.length > 0 && (
        <Button look="quiet" size="small" className="mt-4" onClick={() => download(returns.data.items)}>
          {t('downloadCsv')}
        </Button>
      )}
      <ul className="mt-4 divide-y divide-line border-line not-empty:border-y">
        {returns.data?.items.map((item) => (
          <li key={item.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
            <span className="min-w-0 wrap-anywhere">
              <strong>
                <bdi>{item.to.name || t('unknownPayer')}</bdi>
              </strong>{' '}
              <span className="numeric">
                <Money value={item.amount} />
              </span>
              <span className="block text-sm text-muted">
                <bdi>{item.to.iban ? inGroups(item.to.iban) : t('noIban')}</bdi>
                {' · '}
                <bdi>{item.text}</bdi>
              </span>
            </span>
            <Button
              look="quiet"
              size="small"
              busy={sent.isPending}
              aria-label={t('sentNamed', { name: item.to.name, amount: formatMoney(item.amount) })}
              onClick={() => sent.mutate(item.id)}
            >
              {t('sent')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Saves the list as CSV, for a bank's program or a spreadsheet. */
function download(items: BankReturn[]): void {
  const rows = items.map(({ id, to, amount, text }) => [
    to.name,
    to.iban ?? '',
    (amount.amount / 10 ** minorDigits(amount.currency)).toFixed(minorDigits(amount.currency)),
    amount.currency,
    text,
    id,
  ]);
  const csv = [['name', 'iban', 'amount', 'currency', 'purpose', 'id'], ...rows]
    .map((row) => row.map(cellOf).join(','))
    .join('\r\n');
  const link = document.createElement('a');
  // Excel reads UTF-8 only with a byte order mark.
  link.href = URL.createObjectURL(new Blob(['\uFEFF', csv, '\r\n'], { type: 'text/csv' }));
  link.download = 'money-to-send-back.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A quoted cell. A payer chooses their name, so a cell that a spreadsheet would compute begins with an apostrophe. */
const cellOf = (text: string): string =>
  `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
