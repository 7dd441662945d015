import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { makeVouchers } from '../../../../client/endpoints.generated.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { mostSeatVouchers } from '../../../../contract/voucher-fields.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PlaceFields } from '../blocks/PlaceFields.tsx';
import { nothingChosen, type Source, useSources } from '../blocks/places.ts';
import { sayProblem } from '../problems/say-problem.ts';
import { type CodesDraft, newDraft, toBody, wrongIn } from './draft.ts';
import { Made } from './Made.tsx';
import { t } from './words.ts';

/** Makes codes in bulk: random ones, or those of a file. */
export function MakeCodes({ event }: { event: ManagedEvent }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(newDraft);
  const [tried, setTried] = useState(false);
  const rows = useSources(event).filter(({ seats }) => seats);
  const [chosen, setChosen] = useState(nothingChosen);
  const seatIds = (rows[chosen.at]?.seats ?? []).slice(chosen.first, chosen.last + 1).map(({ id }) => id);
  const make = useMutation({
    mutationFn: (dryRun: boolean) =>
      call(makeVouchers, {
        params: { eventId: event.id },
        body: toBody(draft, event, { dryRun, seatIds }),
      }),
    onSuccess: ({ made }, dryRun) => {
      if (dryRun || made === 0) return;
      setDraft({ ...newDraft(), tag: draft.tag });
      setTried(false);
      return client.invalidateQueries({ queryKey: ['vouchers', event.id] });
    },
  });
  const set = (change: Partial<CodesDraft>) => {
    make.reset();
    setDraft({ ...draft, ...change });
  };
  const wrong = tried ? wrongIn(draft, event) : {};
  const send = (dryRun: boolean) => {
    setTried(true);
    if (Object.keys(wrongIn(draft, event)).length === 0 && !make.isPending) make.mutate(dryRun);
  };
  const input = (name: keyof CodesDraft) => ({
    value: draft[name],
    error: wrong[name],
    onChange: ({ target }: { target: { value: string } }) => set({ [name]: target.value }),
  });
  const isFile = draft.how === 'file';
  const isSeats = draft.how === 'seats';
  return (
    <form
      noValidate
      aria-labelledby="make-codes"
      className="mt-6 grid max-w-xl gap-5"
      onSubmit={(submitted: FormEvent) => {
        submitted.preventDefault();
        send(false);
      }}
    >
      <h2 id="make-codes" className="text-xl font-bold tracking-tight">
        {t('make')}
      </h2>
      <Select label={t('how')} {...input('how')}>
        <option value="random">{t('howRandom')}</option>
        <option value="file">{t('howFile')}</option>
        {rows.length > 0 && <option value="seats">{t('howSeats')}</option>}
      </Select>
      {isFile ? (
        <div className="grid gap-3">
          <TextArea
            label={t('csv')}
            hint={t('csvHint')}
            rows={5}
            dir="ltr"
            spellCheck={false}
            {...input('csv')}
          />
          <Field
            label={t('csvFile')}
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={async ({ target }) => {
              const [file] = target.files ?? [];
              if (file) set({ csv: await file.slice(0, 1024 * 1024).text() });
            }}
          />
        </div>
      ) : isSeats ? (
        <PlaceFields
          sources={rows}
          chosen={chosen}
          most={mostSeatVouchers}
          onChange={(places) => {
            // The types of another row may be others.
            set({ type: '' });
            setChosen(places);
          }}
        />
      ) : (
        <Field label={t('count')} inputMode="numeric" {...input('count')} />
      )}
      <Field label={t('tag')} hint={t('tagHint')} maxLength={40} {...input('tag')} />
      <Types
        types={isSeats ? ofRow(event, rows[chosen.at]) : event.ticketTypes}
        draft={draft}
        onChange={set}
      />
      {!isSeats && <Field label={t('uses')} inputMode="numeric" {...input('uses')} />}
      <Effect event={event} draft={draft} input={input} />
      <Select label={t('keeps')} {...input('keeps')}>
        <option value="no">{t('keepsNo')}</option>
        <option value="yes">{t('keepsYes')}</option>
      </Select>
      <Field
        label={t('validUntil', { zone: event.timeZone })}
        type="datetime-local"
        {...input('validUntil')}
      />
      <div aria-live="polite">
        {make.error && <Notice tone="bad">{sayProblem(make.error)}</Notice>}
        {make.data && <Made result={make.data} dryRun={make.variables} />}
      </div>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busy={make.isPending && !make.variables}>
          {t('submit')}
        </Button>
        {isFile && (
          <Button look="quiet" busy={make.isPending && make.variables} onClick={() => send(true)}>
            {t('check')}
          </Button>
        )}
      </div>
    </form>
  );
}

/** The ticket types of the seats of a row. */
const ofRow = ({ ticketTypes }: ManagedEvent, row: Source | undefined) => {
  const zone = ticketTypes.find(({ id }) => id === row?.ticketTypeId)?.zone;
  return ticketTypes.filter((type) => type.zone === zone);
};

function Types({
  types,
  draft,
  onChange,
}: {
  types: ManagedEvent['ticketTypes'];
  draft: CodesDraft;
  onChange: (change: Partial<CodesDraft>) => void;
}) {
  return (
    <Select label={t('types')} value={draft.type} onChange={({ target }) => onChange({ type: target.value })}>
      <option value="">{t('typesAll')}</option>
      {types.map(({ id, name, hidden }) => (
        <option key={id} value={id}>
          {hidden ? t('hiddenType', { name }) : name}
        </option>
      ))}
    </Select>
  );
}

type Input = (name: keyof CodesDraft) => {
  value: string;
  error: string | undefined;
  onChange: (changed: { target: { value: string } }) => void;
};

/** What a code takes off, and how much in all. */
function Effect({
  event: { currency },
  draft,
  input,
}: {
  event: ManagedEvent;
  draft: CodesDraft;
  input: Input;
}) {
  return (
    <>
      <Select label={t('effect')} {...input('effect')}>
        <option value="none">{t('effectNone')}</option>
        <option value="percent">{t('effectPercent')}</option>
        <option value="amount">{t('effectAmount')}</option>
        <option value="price">{t('effectPrice')}</option>
      </Select>
      {draft.effect === 'percent' && <Field label={t('off')} inputMode="numeric" {...input('percent')} />}
      {(draft.effect === 'amount' || draft.effect === 'price') && (
        <Field label={t('amount', { currency })} inputMode="decimal" {...input('amount')} />
      )}
      {draft.effect !== 'none' && (
        <Field
          label={t('budget', { currency })}
          hint={t('budgetHint')}
          inputMode="decimal"
          {...input('budget')}
        />
      )}
    </>
  );
}
