import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { SeatLayout } from '../../../../contract/layout.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { blockForm, blockLayout, parseLayout, seatsIn } from './draft.ts';
import type { DraftForm } from './EventForm.tsx';
import { t } from './words.ts';

interface Props {
  form: DraftForm;
  /** True if the event already has a layout. */
  hasSeats: boolean;
}

/** Numbered seats: a generated block of rows, or a pasted layout. */
export function SeatLayoutFields({ form, hasSeats }: Props) {
  const layout = form.watch('layout');
  const wrong = form.wrong('layout', layout ? undefined : t('layoutMissing'));
  return (
    <fieldset className="grid gap-4 rounded-card border border-line p-4 pt-3">
      <legend className="px-1 font-semibold">{t('layout')}</legend>
      {wrong && <Wrong form={form}>{wrong}</Wrong>}
      {layout ? (
        <Notice tone="good">
          {t('layoutSeats', {
            count: seatsIn(layout),
            zones: layout.zones.map((zone) => zone.name).join(', '),
          })}
        </Notice>
      ) : (
        hasSeats && <p className="text-sm text-muted">{t('layoutKept')}</p>
      )}
      <Block onMade={(made) => use(made, form)} />
      <Paste onRead={(read) => use(read, form)} />
    </fieldset>
  );
}

/** Uses a layout and its zones. A ticket type without a valid place to sell gets the first zone. */
function use(layout: SeatLayout, { getValues, setValue, clearErrors }: DraftForm): void {
  const { pools, ticketTypes } = getValues();
  const known = new Set([
    ...layout.zones.map(({ key }) => `zone:${key}`),
    ...pools.map(({ key }) => `pool:${key}`),
  ]);
  const untouched =
    pools.length === 1 && pools[0]?.key === 'floor' && ticketTypes.every(({ id }) => id === undefined);
  setValue('layout', layout);
  clearErrors('layout');
  if (untouched) setValue('pools', []);
  for (const [index, { source }] of ticketTypes.entries()) {
    if (untouched || !known.has(source))
      setValue(`ticketTypes.${index}.source`, `zone:${layout.zones[0]?.key ?? ''}`);
  }
}

/** A layout has no field, so its error takes the focus itself after an attempt to save. */
function Wrong({ form, children }: { form: DraftForm; children: string }) {
  const box = useRef<HTMLDivElement>(null);
  const { submitCount } = form.formState;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each try
  useEffect(() => {
    if (Object.keys(form.formState.errors).length === 1) box.current?.focus();
  }, [submitCount]);
  return (
    <div ref={box} tabIndex={-1}>
      <Notice tone="bad">{children}</Notice>
    </div>
  );
}

function Block({ onMade }: { onMade: (layout: SeatLayout) => void }) {
  const { field, handleSubmit } = useContractForm(blockForm, {
    name: t('firstSection'),
    rows: '12',
    seatsPerRow: '20',
  });
  const make = () =>
    void handleSubmit(({ name, rows, seatsPerRow }) => onMade(blockLayout(name, rows, seatsPerRow)))();
  /** This is inside the event's form, which must not be saved with it. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    make();
  };
  return (
    <div className="grid grid-cols-2 items-start gap-3 sm:grid-cols-[minmax(0,1fr)_6rem_8rem_auto]">
      <Field label={t('zoneName')} onKeyDown={onKeyDown} {...field('name')} />
      <Field label={t('rows')} type="number" min={1} onKeyDown={onKeyDown} {...field('rows')} />
      <Field label={t('seatsPerRow')} type="number" min={1} onKeyDown={onKeyDown} {...field('seatsPerRow')} />
      <Button look="quiet" className="sm:mt-6.5 self-end sm:self-start" onClick={make}>
        {t('make')}
      </Button>
    </div>
  );
}

function Paste({ onRead }: { onRead: (layout: SeatLayout) => void }) {
  const [pasted, setPasted] = useState('');
  const [problem, setProblem] = useState<string>();
  const read = () => {
    try {
      onRead(parseLayout(pasted));
      setProblem(undefined);
    } catch (error) {
      setProblem(t('pasteBad', { problem: error instanceof Error ? error.message : '' }));
    }
  };
  return (
    <details>
      <summary className="py-2 font-semibold">{t('paste')}</summary>
      <TextArea
        label={t('paste')}
        hideLabel
        spellCheck={false}
        value={pasted}
        onChange={(event) => setPasted(event.target.value)}
        error={problem}
      />
      <Button look="quiet" size="small" className="mt-2" onClick={read}>
        {t('pasteDo')}
      </Button>
    </details>
  );
}
