import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { SeatLayout } from '../../../../contract/layout.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { SeatPlanLink } from '../designer/SeatPlanLink.tsx';
import { useContractForm } from '../forms/use-contract-form.ts';
import { sayProblem } from '../problems/say-problem.ts';
import type { Draft } from './draft.ts';
import type { DraftForm } from './EventForm.tsx';
import { Remove } from './ListButtons.tsx';
import {
  blockForm,
  freeName,
  parseLayout,
  seatsIn,
  sectionNamed,
  withBlock,
  withoutSection,
} from './layouts.ts';
import { seatLayoutQuery } from './queries.ts';
import { t } from './words.ts';

interface Props {
  form: DraftForm;
  /** The present event; null for a new one. */
  before: ManagedEvent | null;
}

/** Numbered seats: blocks of rows, each a section of the layout, or a pasted layout. */
export function SeatLayoutFields({ form, before }: Props) {
  const made = form.watch('layout');
  const saved = useQuery({
    ...seatLayoutQuery(before?.id ?? 'evt_', before?.version ?? 0),
    enabled: before?.hasSeatMap === true,
    placeholderData: keepPreviousData,
  });
  const wrong = form.wrong('layout', made ? undefined : t('layoutMissing'));
  return (
    <fieldset className="grid gap-4 rounded-card border border-line p-4 pt-3">
      <legend className="px-1 font-semibold">{t('layout')}</legend>
      {before && <SeatPlanLink eventId={before.id} />}
      {wrong && <Wrong form={form}>{wrong}</Wrong>}
      {/* A section can only be added to a layout that is known. */}
      {saved.isLoading ? (
        <Skeleton className="h-40" />
      ) : saved.error ? (
        <Notice tone="bad" live>
          <p>{sayProblem(saved.error)}</p>
          <Button look="quiet" size="small" className="mt-2" onClick={() => void saved.refetch()}>
            {t('again')}
          </Button>
        </Notice>
      ) : (
        <Sections
          form={form}
          saved={before?.hasSeatMap ? (saved.data ?? null) : null}
          made={made}
          version={before?.version ?? 0}
        />
      )}
    </fieldset>
  );
}

interface Step {
  /** The version of the event then. A save ends what can be undone. */
  version: number;
  /** What was done, in words. */
  said: string;
  /** What the form had before. */
  before: Pick<Draft, 'layout' | 'pools' | 'ticketTypes'>;
}

interface SectionsProps {
  form: DraftForm;
  saved: SeatLayout | null;
  made: SeatLayout | null;
  version: number;
}

function Sections({ form, saved, made, version }: SectionsProps) {
  const [allSteps, setSteps] = useState<Step[]>([]);
  const steps = allSteps.filter((step) => step.version === version);
  const layout = made ?? saved;
  const sections = layout?.sections ?? [];
  const change = (said: string, next: SeatLayout | null) => {
    const { layout: present, pools, ticketTypes } = structuredClone(form.getValues());
    setSteps([...steps, { version, said, before: { layout: present, pools, ticketTypes } }]);
    if (next) use(next, form);
    else form.setValue('layout', null);
  };
  const undo = () => {
    const last = steps.at(-1);
    if (!last) return;
    form.setValue('layout', last.before.layout);
    form.setValue('pools', last.before.pools);
    form.setValue('ticketTypes', last.before.ticketTypes);
    setSteps(steps.slice(0, -1));
  };
  return (
    <>
      {layout && (
        <ul className="divide-y divide-line">
          {sections.map(({ key, name, rows }) => {
            const count = rows.reduce((sum, row) => sum + row.labels.length, 0);
            return (
              <li key={key} className="flex items-center gap-3">
                <p className="min-w-0 grow py-2 wrap-anywhere">
                  <bdi className="font-semibold">{name}</bdi>{' '}
                  <span className="text-muted">
                    {rows.length > 0 ? t('sectionSeats', { count }) : t('sectionStanding')}
                  </span>
                </p>
                {/* A layout needs one section. The last one goes with "No numbered seats". */}
                {sections.length > 1 && (
                  <Remove
                    compact
                    name={name}
                    onClick={() => change(t('sectionRemoved', { name }), withoutSection(layout, key))}
                  />
                )}
              </li>
            );
          })}
        </ul>
      )}
      {layout && (
        <p className="text-sm text-muted wrap-anywhere">
          {t('layoutSeats', {
            count: seatsIn(layout),
            zones: layout.zones.map((zone) => zone.name).join(', '),
          })}
        </p>
      )}
      <div role="status" className="empty:hidden">
        {steps.length > 0 && (
          <Notice tone="good">
            <p className="wrap-anywhere">{steps.at(-1)?.said}</p>
            <Button look="quiet" size="small" className="mt-2" onClick={undo}>
              {t('undo')}
            </Button>
          </Notice>
        )}
      </div>
      <Block layout={layout} onMade={change} />
      <Paste onRead={(read) => change(t('layoutReplaced'), read)} replaces={layout !== null} />
    </>
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

interface BlockProps {
  layout: SeatLayout | null;
  onMade: (said: string, layout: SeatLayout) => void;
}

/** A block of seats. It becomes one more section, or replaces the section that has its name: the button says which. */
function Block({ layout, onMade }: BlockProps) {
  const [initial] = useState(() => ({
    name: freeName(layout, t('firstSection')),
    rows: '12',
    seatsPerRow: '20',
  }));
  const { field, handleSubmit, watch, setValue } = useContractForm(blockForm, initial);
  const same = sectionNamed(layout, watch('name'));
  const make = () =>
    void handleSubmit(({ name, rows, seatsPerRow }) => {
      const next = withBlock(layout, name, rows, seatsPerRow);
      onMade(t(same ? 'sectionReplaced' : 'sectionAdded', { name }), next);
      // The next press makes another section.
      setValue('name', freeName(next, name));
    })();
  /** This is inside the event's form, which must not be saved with it. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    make();
  };
  return (
    <div className="grid grid-cols-2 items-start gap-3 sm:grid-cols-[minmax(0,1fr)_6rem_8rem]">
      <Field label={t('zoneName')} onKeyDown={onKeyDown} {...field('name')} />
      <Field label={t('rows')} type="number" min={1} onKeyDown={onKeyDown} {...field('rows')} />
      <Field label={t('seatsPerRow')} type="number" min={1} onKeyDown={onKeyDown} {...field('seatsPerRow')} />
      <Button
        look="quiet"
        className="self-end justify-self-start wrap-anywhere max-sm:col-span-2 sm:col-span-3"
        onClick={make}
      >
        {same ? t('replaceSection', { name: same.name }) : t(layout ? 'addSection' : 'make')}
      </Button>
    </div>
  );
}

function Paste({ onRead, replaces }: { onRead: (layout: SeatLayout) => void; replaces: boolean }) {
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
        hint={replaces ? t('pasteReplaces') : undefined}
        onChange={(event) => setPasted(event.target.value)}
        error={problem}
      />
      <Button look="quiet" size="small" className="mt-2" onClick={read}>
        {t('pasteDo')}
      </Button>
    </details>
  );
}
