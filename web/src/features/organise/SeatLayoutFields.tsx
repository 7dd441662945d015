import { useState } from 'react';
import type { SeatLayout } from '../../../../contract/layout.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextArea } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { blockLayout, type Draft, parseLayout, seatsIn } from './draft.ts';
import type { SetDraft } from './EventForm.tsx';
import { t } from './words.ts';

/** Numbered seats: a block of rows made here, or a whole layout pasted in. */
export function SeatLayoutFields({
  draft,
  set,
  hasSeats,
}: {
  draft: Draft;
  set: SetDraft;
  hasSeats: boolean;
}) {
  const [name, setName] = useState('Stalls');
  const [rows, setRows] = useState('12');
  const [seats, setSeats] = useState('20');
  const [pasted, setPasted] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  /** With the layout come its zones: a ticket type that sold nothing known is given the first of them. */
  const use = (layout: SeatLayout) => {
    const known = new Set([
      ...layout.zones.map(({ key }) => `zone:${key}`),
      ...draft.pools.map(({ key }) => `pool:${key}`),
    ]);
    const first = `zone:${layout.zones[0]?.key ?? ''}`;
    const untouched =
      draft.pools.length === 1 &&
      draft.pools[0]?.key === 'floor' &&
      draft.ticketTypes.every(({ id }) => id === undefined);
    set({
      layout,
      ...(untouched && { pools: [] }),
      ticketTypes: draft.ticketTypes.map((type) => ({
        ...type,
        source: untouched || !known.has(type.source) ? first : type.source,
      })),
    });
  };
  const paste = () => {
    try {
      use(parseLayout(pasted));
      setProblem(null);
    } catch (error) {
      setProblem(t('pasteBad', { problem: error instanceof Error ? error.message : '' }));
    }
  };
  return (
    <fieldset className="grid gap-4 rounded-card border border-line p-4 pt-3">
      <legend className="px-1 font-semibold">{t('layout')}</legend>
      {draft.layout ? (
        <Notice tone="good">
          {t('layoutSeats', {
            count: seatsIn(draft.layout),
            zones: draft.layout.zones.map((zone) => zone.name).join(', '),
          })}
        </Notice>
      ) : (
        hasSeats && <p className="text-sm text-muted">{t('layoutKept')}</p>
      )}
      <div className="grid grid-cols-2 items-end gap-3 sm:grid-cols-4">
        <Field label={t('zoneName')} maxLength={40} value={name} onChange={(e) => setName(e.target.value)} />
        <Field
          label={t('rows')}
          type="number"
          min={1}
          max={400}
          value={rows}
          onChange={(e) => setRows(e.target.value)}
        />
        <Field
          label={t('seatsPerRow')}
          type="number"
          min={1}
          max={500}
          value={seats}
          onChange={(e) => setSeats(e.target.value)}
        />
        <Button
          look="quiet"
          onClick={() => use(blockLayout(name || 'Stalls', clamp(rows, 400), clamp(seats, 500)))}
        >
          {t('make')}
        </Button>
      </div>
      <details>
        <summary className="py-2 font-semibold">{t('paste')}</summary>
        <TextArea
          label={t('paste')}
          hideLabel
          spellCheck={false}
          value={pasted}
          onChange={(e) => setPasted(e.target.value)}
          error={problem ?? undefined}
        />
        <Button look="quiet" size="small" className="mt-2" onClick={paste}>
          {t('pasteDo')}
        </Button>
      </details>
    </fieldset>
  );
}

const clamp = (typed: string, max: number): number =>
  Math.min(max, Math.max(1, Math.round(Number(typed)) || 1));
