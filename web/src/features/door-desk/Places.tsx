import { type ReactNode, useRef } from 'react';
import { checkpointKinds, handsOut } from '../../../../contract/door-rules.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { nameOfVariant } from '../../../../contract/product-names.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { locale } from '../../ui/language.ts';
import { Check } from './Check.tsx';
import { daysOf, newPlace, type PlaceDraft, type RulesDraft } from './rules-draft.ts';
import { t } from './words.ts';

interface Props {
  event: ManagedEvent;
  draft: RulesDraft;
  faultOf: (field: string) => string | undefined;
  onChange: (places: PlaceDraft[]) => void;
}

/** Where tickets are scanned besides the main entrance. */
export function Places({ event, draft, faultOf, onChange }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const { places } = draft;
  const days = daysOf(event, Number(draft.dayStartsHour));
  const add = (kind: PlaceDraft['kind']) => {
    onChange([...places, newPlace(kind, crypto.randomUUID())]);
    // The new entry is there after this render.
    setTimeout(() =>
      [...(list.current?.querySelectorAll('fieldset') ?? [])].at(-1)?.querySelector('input')?.focus(),
    );
  };
  return (
    <section className="grid min-w-0 gap-4">
      <h2 className="text-xl font-bold tracking-tight">{t('places')}</h2>
      <p className="text-sm text-muted">{t('placesText')}</p>
      <div ref={list} className="grid gap-4 empty:hidden">
        {places.map((place, at) => (
          <Place
            key={place.key}
            event={event}
            place={place}
            number={at + 1}
            days={[...new Set([...days, ...place.days])].sort()}
            faultOf={(field) => faultOf(`${place.key}.${field}`)}
            onChange={(fields) =>
              onChange(places.map((each) => (each.key === place.key ? { ...each, ...fields } : each)))
            }
            onRemove={() => onChange(places.filter(({ key }) => key !== place.key))}
          />
        ))}
      </div>
      <div className="flex flex-wrap gap-3">
        {checkpointKinds.map((kind) => (
          <Button key={kind} look="quiet" size="small" onClick={() => add(kind)}>
            {t(`addPlace.${kind}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}

interface PlaceProps {
  event: ManagedEvent;
  place: PlaceDraft;
  number: number;
  days: string[];
  faultOf: (field: keyof PlaceDraft) => string | undefined;
  onChange: (fields: Partial<PlaceDraft>) => void;
  onRemove: () => void;
}

function Place({ event, place, number, days, faultOf, onChange, onRemove }: PlaceProps) {
  const { kind, name, allTypes, typeIds, perDay, everyDay } = place;
  const types = kind === 'extras' ? variantsOf(event) : event.ticketTypes;
  const toggled = <T,>(all: T[], one: T, on: boolean) =>
    on ? [...all, one] : all.filter((each) => each !== one);
  return (
    <fieldset className="grid min-w-0 gap-4 rounded-card border border-line p-4 pt-3">
      <legend className="px-1 font-semibold wrap-anywhere">
        {t(`place.${kind}`)}
        {name.trim() ? ': ' : ` ${number}`}
        <bdi>{name}</bdi>
      </legend>
      <p className="text-sm text-muted">{t(`placeHint.${kind}`)}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t('placeName')}
          aria-required
          maxLength={40}
          autoComplete="off"
          value={name}
          error={faultOf('name')}
          onChange={({ target }) => onChange({ name: target.value })}
        />
        {kind !== 'extras' && (
          <Field
            label={t(kind === 'handout' ? 'timesHandout' : 'timesIn')}
            inputMode="numeric"
            aria-required
            value={place.times}
            error={faultOf('times')}
            onChange={({ target }) => onChange({ times: target.value })}
          />
        )}
      </div>
      {types.length > 1 && (
        <Chosen
          all={t('allTypes')}
          some={t('placeTypes')}
          isAll={allTypes}
          error={faultOf('typeIds')}
          onAll={(isAll) => onChange({ allTypes: isAll })}
        >
          {types.map((type) => (
            <Check
              key={type.id}
              label={<bdi>{type.name}</bdi>}
              checked={typeIds.includes(type.id)}
              onChange={(on) => onChange({ typeIds: toggled(typeIds, type.id, on) })}
            />
          ))}
        </Chosen>
      )}
      {days.length > 1 && kind !== 'extras' && (
        <>
          <Check label={t('perDay')} checked={perDay} onChange={(on) => onChange({ perDay: on })} />
          <Chosen
            all={t('everyDay')}
            some={t('onDays')}
            isAll={everyDay}
            error={faultOf('days')}
            onAll={(isAll) => onChange({ everyDay: isAll })}
          >
            {days.map((day) => (
              <Check
                key={day}
                label={sayDay(day)}
                checked={place.days.includes(day)}
                onChange={(on) => onChange({ days: toggled(place.days, day, on) })}
              />
            ))}
          </Chosen>
        </>
      )}
      {!handsOut(kind) && (
        <>
          <Check
            label={t('countsInside')}
            checked={place.countsInside}
            onChange={(on) => onChange({ countsInside: on })}
          />
          <Field
            label={t('atMost')}
            hint={t('noLimitHint')}
            inputMode="numeric"
            value={place.insideLimit}
            error={faultOf('insideLimit')}
            onChange={({ target }) => onChange({ insideLimit: target.value })}
          />
        </>
      )}
      <p>
        <Button
          look="quiet"
          size="small"
          aria-label={`${t('removePlace')}: ${name.trim() || number}`}
          onClick={onRemove}
        >
          {t('removePlace')}
        </Button>
      </p>
    </fieldset>
  );
}

const variantsOf = ({ products }: ManagedEvent) =>
  products.flatMap(({ name, variants }) =>
    variants.map((variant) => ({ id: variant.id, name: nameOfVariant(name, variant.name) })),
  );

const sayDay = (day: string): string =>
  new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));

interface ChosenProps {
  all: string;
  some: string;
  isAll: boolean;
  error: string | undefined;
  onAll: (isAll: boolean) => void;
  children: ReactNode;
}

/** All of something, or only what is chosen. What was chosen stays when all are taken meanwhile. */
function Chosen({ all, some, isAll, error, onAll, children }: ChosenProps) {
  return (
    <div className="min-w-0">
      <Check label={all} checked={isAll} onChange={onAll} />
      {!isAll && (
        <fieldset
          tabIndex={-1}
          data-fault={error ? true : undefined}
          className="mt-1 border-s-2 border-line ps-4"
        >
          <legend className="text-sm font-semibold">{some}</legend>
          {children}
          {error && <p className="mt-1 text-sm font-medium text-bad">{error}</p>}
        </fieldset>
      )}
    </div>
  );
}
