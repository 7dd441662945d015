import type { PlanZone } from '../../../../contract/plan-fields.ts';
import type { PlanChanges } from '../../../../contract/seat-plans.ts';
import { Select } from '../../ui/Field.tsx';
import { isZonePool } from '../organise/draft.ts';
import { t } from './words.ts';

/** Stands for no zone: the ticket type goes. No zone of a plan has this key. */
const noZone = '-';

interface Props {
  types: PlanChanges['withoutZone'];
  zones: readonly PlanZone[];
  /** The chosen zone of each ticket type, by its id. */
  value: Readonly<Record<string, string>>;
  /** True once somebody has tried to go on without an answer. */
  asks: boolean;
  onChange: (ticketTypeId: string, zone: string) => void;
}

/** Asks what becomes of ticket types whose zone is not in the drawing. */
export function ZoneChoices({ types, zones, value, asks, onChange }: Props) {
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-1 font-semibold">{t('zonelessTitle')}</legend>
      <p className="text-sm text-muted">{t('zonelessText')}</p>
      {types.map(({ ticketTypeId, name, taken }) => (
        <Select
          key={ticketTypeId}
          label={t('zoneOfType', { name })}
          value={value[ticketTypeId] ?? ''}
          error={asks && !value[ticketTypeId] ? t('needed') : undefined}
          onChange={({ target }) => onChange(ticketTypeId, target.value)}
        >
          <option value="" disabled>
            {t('chooseZone')}
          </option>
          {zones.map((zone) => (
            <option key={zone.key} value={zone.key}>
              {zone.name}
            </option>
          ))}
          {!taken && <option value={noZone}>{t('dropType')}</option>}
        </Select>
      ))}
    </fieldset>
  );
}

interface ZoneType {
  id?: string;
  zone: string | null;
  pools: readonly string[];
}

/** Decision: the ticket types with their new zones, without those that go. The pool of the old zone goes with the zone. */
export const typesWithZones = <Type extends ZoneType>(
  types: readonly Type[],
  newZones: Readonly<Record<string, string>>,
): Type[] =>
  types.flatMap((type) => {
    const zone = type.id === undefined ? undefined : newZones[type.id];
    if (zone === undefined) return type;
    return zone === noZone ? [] : { ...type, zone, pools: type.pools.filter((key) => !isZonePool({ key })) };
  });
