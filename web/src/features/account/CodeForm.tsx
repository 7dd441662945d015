import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { verifyBackupCode, verifyTwoFactorCode } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import { backupCodeFields, codeFields } from '../../../../contract/person.ts';
import { call } from '../../api/call.ts';
import { entered } from '../../api/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { AuthCard } from './AuthCard.tsx';
import { t } from './words.ts';

/** The second step of signing in: a code from the app, or a backup code. */
export function CodeForm({ onDone, onOver }: { onDone: () => void; onOver: () => void }) {
  const [fromPaper, setFromPaper] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => page.current?.querySelector('h1')?.focus(), []);
  return (
    <div ref={page}>
      <AuthCard title={t('secondStep')} lead={t(fromPaper ? 'codeFromPaper' : 'codeFromApp')}>
        <Code key={String(fromPaper)} fromPaper={fromPaper} onDone={onDone} onOver={onOver} />
        <p className="mt-6">
          <Button look="plain" className="-mx-5" onClick={() => setFromPaper(!fromPaper)}>
            {t(fromPaper ? 'useApp' : 'useBackupCode')}
          </Button>
        </p>
      </AuthCard>
    </div>
  );
}

function Code({ fromPaper, onDone, onOver }: { fromPaper: boolean; onDone: () => void; onOver: () => void }) {
  const client = useQueryClient();
  const form = useContractForm(fromPaper ? backupCodeFields : codeFields, { code: '' });
  const verify = useMutation({
    mutationFn: async (body: { code: string }) => {
      await (fromPaper ? call(verifyBackupCode, { body }) : call(verifyTwoFactorCode, { body }));
      await entered(client);
    },
    onSuccess: onDone,
    onError: (error) => {
      if (isProblem(error, 'code_wrong')) form.refuse('code', sayProblem(error));
    },
  });
  const over = isProblem(verify.error, 'second_step_over');
  const hint = t(fromPaper ? 'backupCodeHint' : 'codeHint');
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={form.handleSubmit((values) => {
        if (!verify.isPending) verify.mutate(values);
      })}
    >
      {verify.isError && !isProblem(verify.error, 'code_wrong') && (
        <Notice tone="bad" live>
          <p>{sayProblem(verify.error)}</p>
          {over && (
            <Button look="quiet" size="small" className="mt-2" onClick={onOver}>
              {t('signIn')}
            </Button>
          )}
        </Notice>
      )}
      <Field
        label={t(fromPaper ? 'backupCode' : 'code')}
        inputMode={fromPaper ? 'text' : 'numeric'}
        autoComplete={fromPaper ? 'off' : 'one-time-code'}
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={fromPaper ? 11 : 6}
        dir="ltr"
        hint={hint}
        {...form.register('code', { setValueAs: (value: string) => value.trim().toUpperCase() })}
        error={form.wrong('code', hint)}
      />
      <Button type="submit" size="large" busy={verify.isPending}>
        {t('signIn')}
      </Button>
    </form>
  );
}
