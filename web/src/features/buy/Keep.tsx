import { type ComponentType, Suspense, useState } from 'react';
import type { Event } from '../../../../contract/events.ts';
import { later } from '../../page.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { CalendarProps } from './CalendarDialog.tsx';
import { t } from './words.ts';

const CalendarDialog = later('CalendarDialog') as ComponentType<CalendarProps>;
const look =
  'inline-flex min-h-11 items-center gap-2 rounded-full px-3 font-semibold text-accent hover:bg-accent-soft';

/** Adds the event to a calendar. */
export function AddToCalendar({ event }: { event: Event }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)} className={look}>
        <Icon name="calendar" />
        {t('calendarAdd')}
      </button>
      {open && (
        <Suspense>
          <CalendarDialog event={event} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Uses the phone's share dialog, or else copies the link. If both are forbidden, it shows the link. */
export function ShareButton({ title }: { title: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'shown'>('idle');
  // Without the query, which is only for this reader.
  const url = location.origin + location.pathname;
  const share = async () => {
    if (await shareByDevice({ title, url })) return;
    const copied = await navigator.clipboard?.writeText(url).then(
      () => true,
      () => false,
    );
    setState(copied ? 'copied' : 'shown');
  };
  return (
    <>
      <button type="button" onClick={() => void share()} className={look}>
        <Icon name={state === 'copied' ? 'check' : 'share'} />
        <span aria-live="polite">{t(state === 'copied' ? 'shared' : 'share')}</span>
      </button>
      {state === 'shown' && (
        <label className="flex w-full flex-wrap items-center gap-2 px-3 py-2 text-muted">
          {t('shareText')}
          <input
            readOnly
            dir="ltr"
            value={url}
            onFocus={(event) => event.currentTarget.select()}
            className="min-h-11 min-w-0 flex-1 rounded-field border border-line bg-raised px-3 text-ink"
          />
        </label>
      )}
    </>
  );
}

/** True if the device took it, or if the reader cancelled. */
async function shareByDevice(what: ShareData): Promise<boolean> {
  if (!('share' in navigator)) return false;
  try {
    await navigator.share(what);
    return true;
  } catch (error) {
    return (error as Error).name === 'AbortError';
  }
}
