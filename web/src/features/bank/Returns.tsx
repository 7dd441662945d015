import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { markBankReturnsSent } from '../../../../client/endpoints.generated.ts';
import type { BankReturn } from '../../../../contract/bank-statements.ts';
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
