import { useMutation } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { renderSVG } from 'uqr';
import { verifyTwoFactorCode } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import { codeFields } from '../../../../contract/person.ts';
import { call } from '../../api/call.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { t } from './words.ts';

/** Gives the secret to the app, and asks for the first code that the app shows. */
export function SecondStepSetUp({
  totpURI,
  onDone,
  onLeave,
}: {
  totpURI: string;
  onDone: () => void;
  onLeave: () => void;
}) {
  const form = useContractForm(codeFields, { code: '' });
  const verify = useMutation({
    mutationFn: (body: { code: string }) => call(verifyTwoFactorCode, { body }),
    onSuccess: onDone,
    onError: (error) => {
      if (isProblem(error, 'code_wrong')) form.refuse('code', sayProblem(error));
    },
  });
  const begin = useRef<HTMLParagraphElement>(null);
  useEffect(() => begin.current?.focus(), []);
  const secret = new URL(totpURI).searchParams.get('secret') ?? '';
  return (
    <form
      noValidate
      className="mt-4 grid gap-4 rounded-card border border-line p-5"
      onSubmit={form.handleSubmit((values) => {
        if (!verify.isPending) verify.mutate(values);
      })}
    >
      {/* Not the field: on a phone its keyboard would cover what is to be scanned. */}
      <p ref={begin} tabIndex={-1} className="scroll-mt-28">
        {t('scanCode')}
      </p>
      <QrCode text={totpURI} />
      <p className="text-sm text-muted">
        {t('typeSecret')}{' '}
        <code dir="ltr" className="font-mono break-words text-ink select-all">
          {secret.replace(/(.{4})(?=.)/g, '$1 ')}
        </code>
      </p>
      <p className="sm:hidden">
        <a href={totpURI} className={buttonClass('quiet', 'small')}>
          {t('openApp')}
        </a>
      </p>
      {verify.isError && !isProblem(verify.error, 'code_wrong') && (
        <Notice tone="bad" live>
          {sayProblem(verify.error)}
        </Notice>
      )}
      <Field
        label={t('code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        dir="ltr"
        hint={t('codeHint')}
        {...form.register('code')}
        error={form.wrong('code', t('codeHint'))}
      />
      <p className="flex flex-wrap gap-3">
        <Button type="submit" busy={verify.isPending}>
          {t('secondStepOn')}
        </Button>
        <Button look="quiet" onClick={onLeave}>
          {t('leaveIt')}
        </Button>
      </p>
    </form>
  );
}

/** Dark on white in every theme, because some scanners can't read inverted codes. */
function QrCode({ text }: { text: string }) {
  const source = useMemo(
    () => `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { ecc: 'M', border: 2 }))}`,
    [text],
  );
  return <img src={source} alt={t('qrCode')} width={200} height={200} className="rounded-field" />;
}
