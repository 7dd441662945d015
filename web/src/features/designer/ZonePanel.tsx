import { useMemo } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { Button } from '../../ui/Button.tsx';
import { formatMoney } from '../../ui/Money.tsx';
import { type Desk, useDesk } from './desk.ts';
import { newZone } from './new-object.ts';
import { Colour } from './ObjectFields.tsx';
import { TextField } from './PanelFields.tsx';
import { type PlanScene, sceneOf, signs } from './scene.ts';
import { t } from './words.ts';

interface Props {
  desk: Desk;
  /** The event that sells the plan; null in the library, where nothing has a price. */
  event: ManagedEvent | null;
}

/** Price zones: colour, name, seats, and what the event asks for them. */
export function ZonePanel({ desk, event }: Props) {
  const plan = useDesk(desk, (state) => state.history.present);
  const counts = useMemo(() => countZones(sceneOf(plan)), [plan]);
  const { zones } = plan;
  const set = (next: typeof zones, merge?: string, said?: string) =>
    void desk.perform(
      { do: 'set-zones', zones: next },
      { ...(merge && { merge }), ...(said !== undefined && { said }) },
    );
  return (
    <div className="grid gap-4">
      {zones.length === 0 && <p className="text-muted">{t('noZones')}</p>}
      <ul className="grid gap-4">
        {zones.map((zone, index) => {
          const { seats, blocked } = counts[index] ?? { seats: 0, blocked: 0 };
          const types = event?.ticketTypes.filter((type) => type.zone === zone.key) ?? [];
          return (
            <li key={zone.key} className="grid gap-2 rounded-card border border-line p-3">
              <div className="grid grid-cols-[minmax(0,1fr)_4.5rem] items-start gap-3">
                <TextField
                  label={t('zoneNumber', { number: index + 1 })}
                  value={zone.name}
                  max={60}
                  onChange={(name) =>
                    set(
                      zones.map((each, i) => (i === index ? { ...each, name } : each)),
                      `zone ${zone.key}`,
                    )
                  }
                />
                <Colour
                  label={t('colour')}
                  value={zone.color}
                  onChange={(color) =>
                    set(
                      zones.map((each, i) => (i === index ? { ...each, color } : each)),
                      `colour ${zone.key}`,
                    )
                  }
                />
              </div>
              <p className="numeric text-sm">
                {t('seatCount', { count: seats })}
                {blocked > 0 && <> · {t('blockedCount', { count: blocked })}</>}
              </p>
              {event && (
                <p className="text-sm text-muted wrap-anywhere">
                  {types.length > 0
                    ? types.map(({ id, name, price }) => (
                        <span key={id} className="block">
                          <bdi>{name}</bdi> · {formatMoney(price)}
                        </span>
                      ))
                    : t('zoneUnsold')}
                </p>
              )}
              <div className="flex flex-wrap gap-2">
                <Button
                  look="quiet"
                  size="small"
                  aria-label={`${t('selectZone')}: ${zone.name}`}
                  onClick={() => chooseZone(desk, zone.key)}
                >
                  {t('selectZone')}
                </Button>
                <Button
                  look="plain"
                  size="small"
                  aria-label={`${t('removeZone')}: ${zone.name}`}
                  disabledBecause={seats > 0 && t('zoneInUse')}
                  onClick={() =>
                    set(
                      zones.filter((_, i) => i !== index),
                      undefined,
                      t('zoneRemoved', { name: zone.name }),
                    )
                  }
                >
                  {t('removeZone')}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
      <Button
        look="quiet"
        className="justify-self-start"
        disabledBecause={zones.length >= 40 && t('tooManyZones')}
        onClick={() => set([...zones, newZone(zones)], undefined, t('zoneAdded'))}
      >
        {t('addZone')}
      </Button>
    </div>
  );
}

function chooseZone(desk: Desk, zone: string): void {
  const ids = desk.document.objects
    .filter((object) => 'zone' in object && object.zone === zone)
    .map(({ id }) => id);
  desk.choose(ids, t('selectedObjects', { count: ids.length }));
}

/** Seats by zone, and how many of them are kept off sale. */
function countZones(scene: PlanScene): { seats: number; blocked: number }[] {
  const counts = scene.document.zones.map(() => ({ seats: 0, blocked: 0 }));
  for (const { first, count, zone } of scene.rows) {
    const of = counts[zone];
    if (!of) continue;
    of.seats += count;
    for (let seat = first; seat < first + count; seat++)
      if (((scene.signs[seat] ?? 0) & signs.blocked) !== 0) of.blocked++;
  }
  return counts;
}
