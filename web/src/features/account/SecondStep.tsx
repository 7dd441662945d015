import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  disableTwoFactor,
  enableTwoFactor,
  renewBackupCodes,
} from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { Me } from '../../../../contract/accounts.ts';
import { ownPasswordFields } from '../../../../contract/person.ts';
import { call } from '../../api/call.ts';
import { meQuery } from '../../api/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { BackupCodes } from './BackupCodes.tsx';
import { SecondStepSetUp } from './SecondStepSetUp.tsx';
import { t } from './words.ts';

type Doing = 'enable' | 'disable' | 'renew';
const titles = { enable: 'secondStepOn', disable: 'secondStepOff', renew: 'newCodes' } as const;

/** The code after the password. Each change of this setting needs the password. */
export function SecondStep({ me }: { me: Me }) {
  const client = useQueryClient();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [setUp, setSetUp] = useState<{ totpURI: string; backupCodes: string[] } | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [said, setSaid] = useState('');
  const know = (twoFactor: boolean) =>
    client.setQueryData(meQuery.queryKey, (known) => known && { ...known, twoFactor });
  const carryOut = async (password: string) => {
    const body = { password };
    if (doing === 'enable') setSetUp(await call(enableTwoFactor, { body }));
    if (doing === 'renew') setCodes((await call(renewBackupCodes, { body })).backupCodes);
    if (doing === 'disable') {
      await call(disableTwoFactor, { body });
      know(false);
      setSaid(t('secondStepIsOff'));
    }
    setDoing(null);
  };
  const begin = (what: Doing) => {
    setSaid('');
    setDoing(what);
  };
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('secondStep')}</h2>
      <p className="mt-1 text-muted">{t('secondStepText')}</p>
      <p role="status" className="mt-2 flex items-center gap-2 font-semibold text-good empty:hidden">
        {me.twoFactor && (
          <>
            <Icon name="check" size={18} />
            {t('secondStepIsOn')}
          </>
        )}
        {said}
      </p>
      {!doing && !setUp && (
        <p className="mt-3 flex flex-wrap gap-3">
          {me.twoFactor ? (
            <>
              <Button look="quiet" size="small" onClick={() => begin('renew')}>
                {t('newCodes')}
              </Button>
              <Button look="quiet" size="small" onClick={() => begin('disable')}>
                {t('secondStepOff')}
              </Button>
            </>
          ) : (
            <Button
              look="quiet"
              size="small"
              disabledBecause={!me.emailVerified && t('secondStepNeedsAddress')}
              onClick={() => begin('enable')}
            >
              {t('secondStepOn')}
            </Button>
          )}
        </p>
      )}
      {doing && (
        <AskPassword
          key={doing}
          email={me.email ?? ''}
          label={t(titles[doing])}
          carryOut={carryOut}
          onLeave={() => setDoing(null)}
        />
      )}
      {setUp && (
        <SecondStepSetUp
          totpURI={setUp.totpURI}
          onDone={() => {
            setCodes(setUp.backupCodes);
            setSetUp(null);
            know(true);
          }}
          onLeave={() => setSetUp(null)}
        />
      )}
      {codes && <BackupCodes codes={codes} onDone={() => setCodes(null)} />}
    </section>
  );
}

function AskPassword({
  email,
  label,
  carryOut,
  onLeave,
}: {
  email: string;
  label: string;
  carryOut: (password: string) => Promise<void>;
  onLeave: () => void;
}) {
  const form = useContractForm(ownPasswordFields, { password: '' });
  const act = useMutation({
    mutationFn: ({ password }: { password: string }) => carryOut(password),
    onError: (error) => {
      if (isProblem(error, 'wrong_password')) form.refuse('password', sayProblem(error));
    },
  });
  return (
    <form
      noValidate
      className="mt-4 grid gap-4"
      onSubmit={form.handleSubmit((values) => {
        if (!act.isPending) act.mutate(values);
      })}
    >
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      {act.isError && !isProblem(act.error, 'wrong_password') && (
        <Notice tone="bad" live>
          {sayProblem(act.error)}
        </Notice>
      )}
      <Field
        label={t('password')}
        type="password"
        autoComplete="current-password"
        autoFocus
        {...form.register('password')}
        error={form.wrong('password', t('passwordMissing'))}
      />
      <p className="flex flex-wrap gap-3">
        <Button type="submit" busy={act.isPending}>
          {label}
        </Button>
        <Button look="quiet" onClick={onLeave}>
          {t('leaveIt')}
        </Button>
      </p>
    </form>
  );
}
