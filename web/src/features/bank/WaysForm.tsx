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
import { minorOf } from '../organise/numbers.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { waysQuery } from './queries.ts';
import { t } from './words.ts';

/** What stands in the fields, as it was typed. */
const typedOf = ({ account, bankTransfer, unpaid }: OrganisationPayWays['ways']) => ({
  holder: account?.holder ?? '',
  iban: account ? inGroups(account.iban) : '',
  bic: account?.bic ?? '',
  isOffered: bankTransfer !== null,
  days: String(bankTransfer?.days ?? 7),
  hoursBefore: String(bankTransfer?.hoursBefore ?? 72),
  from: String((bankTransfer?.fromMinor ?? 0) / 100),
  perBuyer: String(unpaid.perBuyer),
  perNetwork: String(unpaid.perNetwork),
  inAll: String(unpaid.inAll),
});
type Typed = ReturnType<typeof typedOf>;

/** Digits of Arabic and Persian count as those of ASCII. */
const latin = (text: string): string =>
  text
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll('٫', '.');

const wholeOf = (text: string): number =>
  /^\d{1,6}$/.test(latin(text).trim()) ? Number(latin(text)) : Number.NaN;

function bodyOf(typed: Typed) {
  const account =
    typed.iban.trim() === '' && typed.holder.trim() === ''
      ? null
      : { holder: typed.holder, iban: typed.iban, bic: typed.bic.trim() === '' ? null : typed.bic };
  const terms = {
    days: wholeOf(typed.days),
    hoursBefore: wholeOf(typed.hoursBefore),
    fromMinor: minorOf(latin(typed.from), 'EUR'),
  };
  return {
    account,
    bankTransfer: typed.isOffered ? terms : null,
    unpaid: {
      perBuyer: wholeOf(typed.perBuyer),
      perNetwork: wholeOf(typed.perNetwork),
      inAll: wholeOf(typed.inAll),
    },
  };
}

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
  const field = (name: Exclude<keyof Typed, 'isOffered'>, fault: string, more = {}) => (
    <Field
      label={t(name)}
      error={isTried && faults.has(name === 'from' ? 'fromMinor' : name) ? fault : undefined}
      value={typed[name]}
      disabled={!mayEdit}
      onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
      {...more}
    />
  );
  const number = { inputMode: 'numeric' as const };
  return (
    <form onSubmit={submit} noValidate className="mt-6 grid gap-5">
      {!mayEdit && <p className="text-muted">{t('mayNotEdit')}</p>}
      {field('holder', t('holderMissing'), { maxLength: 70 })}
      {field('iban', t(isIban(plainIban(typed.iban)) ? 'accountMissing' : 'ibanWrong'), {
        maxLength: 60,
        autoCapitalize: 'characters',
      })}
      {field('bic', t('bicWrong'), { maxLength: 20, hint: t('bicHint') })}
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          className="size-5 accent-accent"
          checked={typed.isOffered}
          disabled={!mayEdit}
          onChange={({ target }) => setTyped({ ...typed, isOffered: target.checked })}
        />
        {t('offer')}
      </label>
      {typed.isOffered && (
        <div className="grid gap-5 sm:grid-cols-3">
          {field('days', t('between', { from: 1, to: 60 }), number)}
          {field('hoursBefore', t('between', { from: 0, to: 2160 }), number)}
          {field('from', t('amountWrong'), { inputMode: 'decimal' })}
          {field('perBuyer', t('between', { from: 1, to: 1000 }), number)}
          {field('perNetwork', t('between', { from: 1, to: 10_000 }), number)}
          {field('inAll', t('between', { from: 1, to: 10_000 }), number)}
        </div>
      )}
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
