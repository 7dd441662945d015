import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { importBankStatement } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { mostStatementBytes, statementFaults } from '../../../../contract/statement-fields.ts';
import { call } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

/** Chooses a statement of the account and imports it. */
export function ImportStatement({ organisationId }: { organisationId: OrganisationId }) {
  const client = useQueryClient();
  const act = useAct();
  const [isTooLarge, setIsTooLarge] = useState(false);
  const load = useMutation({
    mutationFn: async (file: File) => {
      const body = { fileName: file.name.slice(0, 200), content: await base64Of(file), columns: null };
      return call(importBankStatement, { params: { organisationId }, body, act });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['bank', organisationId] }),
  });
  return (
    <section aria-labelledby="import" className="mt-12">
      <h2 id="import" className="text-xl font-bold tracking-tight">
        {t('import')}
      </h2>
      <p className="mt-2 text-muted">{t('importText')}</p>
      <label className="mt-4 block">
        <span className="mb-1.5 block text-sm font-semibold">{t('file')}</span>
        <input
          type="file"
          disabled={load.isPending}
          className="block w-full min-w-0 text-sm file:me-3 file:min-h-11 file:rounded-full file:border file:border-line file:bg-raised file:px-4 file:font-semibold"
          onChange={({ target }) => {
            const file = target.files?.[0];
            // The same file may be chosen again.
            target.value = '';
            if (!file) return;
            setIsTooLarge(file.size > mostStatementBytes);
            if (file.size <= mostStatementBytes) load.mutate(file);
          }}
        />
      </label>
      <div aria-live="polite" className="mt-4 grid gap-3">
        {load.isPending && <p>{t('importing')}</p>}
        {isTooLarge && <Notice tone="bad">{t('tooLarge')}</Notice>}
        {load.error && <Notice tone="bad">{sayRefusal(load.error)}</Notice>}
        {load.data && !load.isPending && (
          <Notice tone="good" title={t('imported', { count: load.data.statement.fresh })}>
            <p>
              {t('importedAs', {
                done: load.data.done,
                partly: load.data.partly,
                unmatched: load.data.unmatched,
              })}
            </p>
          </Notice>
        )}
      </div>
    </section>
  );
}

function sayRefusal(error: Error): string {
  if (!isProblem(error, 'statement_refused')) return sayProblem(error);
  const { fault, row } = error.members as { fault?: string; row?: number | null };
  const known = statementFaults.find((each) => each === fault);
  const why = known ? t(`fault.${known}`) : sayProblem(error);
  return row ? `${t('line', { row })} ${why}` : why;
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  // In portions, because a call takes only so many arguments.
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}
