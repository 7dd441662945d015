import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { revokeDoorDevice } from '../../../../client/endpoints.generated.ts';
import type { DoorDevice, DoorLink } from '../../../../contract/door-links.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/Button.tsx';
import { useNowMs } from '../../ui/clock.ts';
import { Notice } from '../../ui/Notice.tsx';
import { sayProblem } from '../problems/say-problem.ts';
import { doorDevicesQuery, doorKey } from './queries.ts';
import { isSilent, sayAgo, sayBattery, sayClock } from './say-device.ts';
import { TakeBackAll } from './TakeBackAll.tsx';
import { t } from './words.ts';

/** The devices at the door: who they are, and how they are. */
export function DeviceList({ event, links }: { event: ManagedEvent; links: DoorLink[] }) {
  const devices = useQuery(doorDevicesQuery(event.id));
  const nowMs = useNowMs(5000);
  return (
    <section className="mt-10">
      <h2 className="text-xl font-bold tracking-tight">{t('devices')}</h2>
      {devices.error && (
        <Notice tone="bad" live className="mt-3">
          {sayProblem(devices.error)}
        </Notice>
      )}
      {devices.data?.length === 0 && <p className="mt-3 text-muted">{t('noDevices')}</p>}
      <ul className="mt-3 divide-y divide-line border-line not-empty:border-y">
        {devices.data?.map((device) => (
          <DeviceRow
            key={device.id}
            event={event}
            device={device}
            link={links.find(({ id }) => id === device.linkId)}
            nowMs={nowMs}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  event: ManagedEvent;
  device: DoorDevice;
  link: DoorLink | undefined;
  nowMs: number;
}

function DeviceRow({ event, device, link, nowMs }: RowProps) {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => call(revokeDoorDevice, { params: { eventId: event.id, doorDeviceId: device.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: doorKey(event.id) }),
  });
  const isValid = device.state === 'valid';
  const waiting = device.unsynced ?? 0;
  const clock = sayClock(device.skewMs);
  const battery = sayBattery(device);
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-4">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-semibold wrap-anywhere">
          <bdi>{device.name || t('unnamed')}</bdi>
        </p>
        <p className="text-sm text-muted wrap-anywhere">
          <bdi>{device.person ?? link?.label}</bdi>
          {link?.gate && (
            <>
              {' · '}
              <bdi>{link.gate}</bdi>
            </>
          )}
        </p>
        <p className="mt-1 text-sm">
          {isValid ? (
            <span className={isSilent(device, nowMs) ? 'font-semibold text-warn' : ''}>
              {t('seen', { ago: sayAgo(device.lastSeenAt, nowMs) })}
            </span>
          ) : (
            t(`state.${device.state}`)
          )}
          {battery && (
            <span className={(device.batteryPercent ?? 100) <= 15 ? 'font-semibold text-bad' : ''}>
              {' · '}
              {battery}
            </span>
          )}
        </p>
        {waiting > 0 && (
          <p className="mt-1 text-sm font-semibold text-warn">{t('unsynced', { count: waiting })}</p>
        )}
        {clock && <p className="mt-1 text-sm font-semibold text-warn">{clock}</p>}
        {end.error && (
          <Notice tone="bad" live className="mt-2">
            {sayProblem(end.error)}
          </Notice>
        )}
      </div>
      {device.linkId && isValid && (
        <Button
          look="quiet"
          size="small"
          busy={end.isPending}
          aria-label={`${t('endDevice')}: ${device.name}`}
          onClick={() => end.mutate()}
        >
          {t('endDevice')}
        </Button>
      )}
      {device.linkId && !isValid && <TakeBackAll event={event} device={device} />}
    </li>
  );
}
