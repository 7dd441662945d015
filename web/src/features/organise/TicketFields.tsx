import { Button } from '../../ui/Button.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Draft, TypeDraft } from './draft.ts';
import type { SetDraft } from './EventForm.tsx';
import { t } from './words.ts';

interface Props {
  draft: Draft;
  set: SetDraft;
  zones: { key: string; name: string }[];
  errors: Record<string, string>;
}

/** Pools say how many places there are; ticket types say what they cost and which they take. */
export function TicketFields({ draft, set, zones, errors }: Props) {
  const changePool = (index: number, change: Partial<Draft['pools'][number]>) =>
    set({ pools: draft.pools.map((pool, i) => (i === index ? { ...pool, ...change } : pool)) });
  const changeType = (index: number, change: Partial<TypeDraft>) =>
    set({ ticketTypes: draft.ticketTypes.map((type, i) => (i === index ? { ...type, ...change } : type)) });
  const sources = [
    ...draft.pools.map(({ key, name }) => ({ value: `pool:${key}`, name })),
    ...zones.map(({ key, name }) => ({ value: `zone:${key}`, name })),
  ];
  const addPool = () => {
    const taken = new Set(draft.pools.map(({ key }) => key));
    let n = draft.pools.length + 1;
    while (taken.has(`pool-${n}`)) n++;
    set({ pools: [...draft.pools, { key: `pool-${n}`, name: '', capacity: '100' }] });
  };
  return (
    <>
      <fieldset className="grid gap-3 rounded-card border border-line p-4 pt-3">
        <legend className="px-1 font-semibold">{t('pools')}</legend>
        <p className="text-sm text-muted">{t('poolsHint')}</p>
        {draft.pools.map((pool, index) => (
          <div key={pool.key} className="flex items-end gap-3">
            <Field
              label={t('poolName')}
              required
              maxLength={60}
              className="min-w-0 flex-1"
              value={pool.name}
              onChange={(e) => changePool(index, { name: e.target.value })}
              error={errors[`pools.${index}.name`]}
            />
            <Field
              label={t('capacity')}
              type="number"
              min={0}
              max={1_000_000}
              required
              className="w-28"
              value={pool.capacity}
              onChange={(e) => changePool(index, { capacity: e.target.value })}
              error={errors[`pools.${index}.capacity`]}
            />
            <Remove
              name={pool.name}
              onClick={() => set({ pools: draft.pools.filter((_, i) => i !== index) })}
            />
          </div>
        ))}
        <Button look="plain" size="small" className="justify-self-start" onClick={addPool}>
          <Icon name="plus" size={16} />
          {t('addPool')}
        </Button>
      </fieldset>
      <fieldset className="grid gap-5 rounded-card border border-line p-4 pt-3">
        <legend className="px-1 font-semibold">{t('types')}</legend>
        {draft.ticketTypes.map((type, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a new type has no id, and rows are never reordered
          <div key={index} className="flex items-end gap-3 border-line not-last:border-b not-last:pb-5">
            <div className="grid min-w-0 flex-1 grid-cols-2 gap-3 sm:grid-cols-4">
              <Field
                label={t('typeName')}
                required
                maxLength={60}
                value={type.name}
                onChange={(e) => changeType(index, { name: e.target.value })}
                error={errors[`ticketTypes.${index}.name`]}
              />
              <Field
                label={`${t('price')} (${draft.currency})`}
                inputMode="decimal"
                pattern="\d+([.,]\d{0,2})?"
                required
                value={type.price}
                onChange={(e) => changeType(index, { price: e.target.value })}
                error={errors[`ticketTypes.${index}.priceMinor`]}
              />
              <Select
                label={t('drawsOn')}
                required
                value={sources.some(({ value }) => value === type.source) ? type.source : ''}
                onChange={(e) => changeType(index, { source: e.target.value })}
                error={errors[`ticketTypes.${index}.pools`] ?? errors[`ticketTypes.${index}.zone`]}
              >
                <option value="" disabled />
                {sources.map(({ value, name }) => (
                  <option key={value} value={value}>
                    {name}
                  </option>
                ))}
              </Select>
              <Field
                label={t('typeDescription')}
                maxLength={300}
                value={type.description}
                onChange={(e) => changeType(index, { description: e.target.value })}
              />
            </div>
            <Remove
              name={type.name}
              onClick={() => set({ ticketTypes: draft.ticketTypes.filter((_, i) => i !== index) })}
            />
          </div>
        ))}
        <Button
          look="plain"
          size="small"
          className="justify-self-start"
          onClick={() =>
            set({
              ticketTypes: [
                ...draft.ticketTypes,
                { name: '', description: '', price: '', source: sources[0]?.value ?? '' },
              ],
            })
          }
        >
          <Icon name="plus" size={16} />
          {t('addType')}
        </Button>
      </fieldset>
    </>
  );
}

function Remove({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={t('remove', { name })}
      onClick={onClick}
      className="mb-0.5 grid size-11 shrink-0 place-items-center rounded-full text-muted hover:bg-sunken hover:text-bad"
    >
      <Icon name="cross" />
    </button>
  );
}
