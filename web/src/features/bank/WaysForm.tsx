import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { putOrganisationPayWays } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import { inGroups, isIban, plainIban } from '../../../../contract/iban.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { organisationWaysFields } from '../../../../contract/pay-way-fields.ts';
import type { OrganisationPayWays } from '../../../../contract/pay-ways.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { waysQuery } from './queries.ts';
import { TermsFields } from './TermsFields.tsx';
import { termsOf, typedTerms } from './typed-ways.ts';
import { t } from './words.ts';

/** What stands in the fields, as it was typed. */
const typedOf = ({ account, ...terms }: OrganisationPayWays['ways']) => ({
  holder: account?.holder ?? '',
  iban: account ? inGroups(account.iban) : '',
  bic: account?.bic ?? '',
  ...typedTerms(terms),
});
type Typed = ReturnType<typeof typedOf>;

const bodyOf = (typed: Typed) => ({
  account:
    typed.iban.trim() === '' && typed.holder.trim() === ''
      ? null
      : { holder: typed.holder, iban: typed.iban, bic: typed.bic.trim() === '' ? null : typed.bic },
  ...termsOf(typed),
});

const noFaults: ReadonlySet<string> = new Set();

/** The account of an organisation, and the terms of bank transfers. */
export function WaysForm({
  of,
  organisationId,
  mayEdit,
}: {
  of: OrganisationPayWays;
  organisationId: OrganisationId;
  mayEdit: boolean;
}) {
  const client = useQueryClient();
  // The version goes with what the form shows. A refetch may bring a colleague's change while somebody types.
  const [version, setVersion] = useState(of.version);
  const [typed, setTyped] = useState(() => typedOf(of.ways));
  const [isTried, setIsTried] = useState(false);
  const read = organisationWaysFields.safeParse(bodyOf(typed));
  const faults = new Set(read.success ? [] : read.error.issues.map(({ path }) => String(path.at(-1))));
  if (typed.isOffered && typed.iban.trim() === '') faults.add('iban');
  const save = useMutation({
    mutationFn: async () => {
      if (!read.success) throw new Error('the form has faults');
      return call(putOrganisationPayWays, { params: { organisationId }, body: read.data, ifMatch: version });
    },
    onSuccess: (saved) => {
      setVersion(saved.version);
      setTyped(typedOf(saved.ways));
      client.setQueryData(waysQuery(organisationId).queryKey, saved);
    },
  });
  // What was typed stays, and goes with the version of the colleague from now on: saving again replaces it.
  const isStale = isProblem(save.error, 'version_mismatch');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (faults.size === 0 && !save.isPending) save.mutate();
  };
  const field = (name: 'holder' | 'iban' | 'bic', fault: string, more = {}) => (
    <Field
      label={t(name)}
      error={isTried && faults.has(name) ? fault : undefined}
      value={typed[name]}
      disabled={!mayEdit}
      onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
      {...more}
    />
  );
  return (
    <form onSubmit={submit} noValidate className="mt-6 grid gap-5">
      {!mayEdit && <p className="text-muted">{t('mayNotEdit')}</p>}
      {field('holder', t('holderMissing'), { maxLength: 70 })}
      {field('iban', t(isIban(plainIban(typed.iban)) ? 'accountMissing' : 'ibanWrong'), {
        maxLength: 60,
        autoCapitalize: 'characters',
      })}
      {field('bic', t('bicWrong'), { maxLength: 20, hint: t('bicHint') })}
      <TermsFields
        typed={typed}
        faults={isTried ? faults : noFaults}
        disabled={!mayEdit}
        onChange={(changed) => setTyped({ ...typed, ...changed })}
      />
      {save.error && (
        <Notice tone="bad" live>
          {sayProblem(save.error)}
          {isStale && (
            <Button
              look="quiet"
              size="small"
              className="mt-3"
              onClick={async () => {
                setVersion((await client.fetchQuery(waysQuery(organisationId))).version);
                save.reset();
              }}
            >
              {t('keepMine')}
            </Button>
          )}
        </Notice>
      )}
      {save.isSuccess && (
        <Notice tone="good" live>
          {t('saved')}
        </Notice>
      )}
      {mayEdit && (
        <div>
          <Button type="submit" busy={save.isPending}>
            {t('save')}
          </Button>
        </div>
      )}
    </form>
  );
}
