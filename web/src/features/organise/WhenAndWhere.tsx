import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { isTimeZone } from '../../../../contract/zones.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sameClock } from '../../ui/time-zone.ts';
import type { DraftForm } from './EventForm.tsx';
import { placeTimeZoneQuery } from './queries.ts';
import { useSettled } from './use-settled.ts';
import { WallTime } from './WallTime.tsx';
import { t } from './words.ts';

interface Props {
  form: DraftForm;
  /** The present event; null for a new one. */
  before: ManagedEvent | null;
}

export function WhenAndWhere({ form, before }: Props) {
  const { address, city, country } = form.watch('venue');
  const [starts, zone] = form.watch(['startsAt', 'timeZone']);
  const place = usePlaceTimeZone(form, before);
  const moved =
    before !== null &&
    before.venue.latitude !== null &&
    String(before.venue.latitude) === form.watch('venue.latitude') &&
    (before.venue.address !== address || before.venue.city !== city || before.venue.country !== country);
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <WallTime form={form} name="startsAt" label={t('starts')} required />
        <WallTime form={form} name="endsAt" label={t('ends')} required min={starts} wrong={t('endsWrong')} />
        <WallTime form={form} name="doorsAt" label={t('doors')} wrong={t('doorsWrong')} />
        <Field
          label={t('timeZone')}
          aria-required
          list="time-zones"
          hint={isTimeZone(zone) ? t('timesAreOf', { zone }) : undefined}
          {...form.field('timeZone', t('timeZoneWrong'))}
        />
        <TimeZones />
        <Field label={t('venue')} aria-required {...form.field('venue.name')} />
        <Field label={t('address')} {...form.field('venue.address')} />
        <Field label={t('city')} aria-required {...form.field('venue.city')} />
        <Field
          label={t('country')}
          hint={t('countryHint')}
          aria-required
          {...form.field('venue.country', t('countryHint'))}
        />
      </div>
      <div aria-live="polite">
        {place.differs && (
          <Notice tone="warn" title={t('zoneDiffers', { city, zone: place.timeZone })}>
            <p>{t('zoneChosen', { zone })}</p>
            <Button look="quiet" size="small" className="mt-2 max-w-full break-words" onClick={place.use}>
              {t('zoneUse', { zone: place.timeZone })}
            </Button>
          </Notice>
        )}
      </div>
      <div className="grid grid-cols-2 items-start gap-4">
        <Field
          label={t('latitude')}
          inputMode="decimal"
          {...form.field('venue.latitude', t('degreesWrong'))}
        />
        <Field
          label={t('longitude')}
          inputMode="decimal"
          {...form.field('venue.longitude', t('degreesWrong'))}
        />
        <p className="col-span-2 -mt-2 text-sm text-muted" role="status">
          {moved ? t('pointMoved') : t('pointHint')}
        </p>
      </div>
    </>
  );
}

/**
 * The time zone of the place in the form. A new event follows it until the person chooses a zone. For any other event
 * a difference is only shown, because a change moves the event in time.
 */
function usePlaceTimeZone(form: DraftForm, before: ManagedEvent | null) {
  const { city, country } = form.watch('venue');
  const [starts, zone] = form.watch(['startsAt', 'timeZone']);
  const asked = useSettled(`${country.trim().toUpperCase()} ${city.trim()}`);
  const { data } = useQuery(placeTimeZoneQuery(asked));
  const timeZone = data?.timeZone ?? null;
  // The zone that this form set itself, at first the browser's.
  const own = useRef(zone);
  const follows = before === null && own.current === zone;
  const { setValue, clearErrors } = form;
  useEffect(() => {
    if (timeZone === null || !follows || own.current === timeZone) return;
    own.current = timeZone;
    setValue('timeZone', timeZone);
    clearErrors('timeZone');
  }, [timeZone, follows, setValue, clearErrors]);
  const differs = timeZone !== null && isTimeZone(zone) && !follows && !sameClock(timeZone, zone, starts);
  return {
    timeZone: timeZone ?? '',
    differs,
    use: () => setValue('timeZone', timeZone ?? zone),
  };
}

function TimeZones() {
  return (
    <datalist id="time-zones">
      {Intl.supportedValuesOf('timeZone').map((zone) => (
        <option key={zone} value={zone} />
      ))}
    </datalist>
  );
}
