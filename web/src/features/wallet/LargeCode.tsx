import { useEffect } from 'react';
import type { TicketId } from '../../../../contract/ids.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { qrPath } from './kept.ts';
import { t } from './words.ts';

interface Props {
  ticketId: TicketId;
  /** Which of the order's tickets it is. */
  n: number;
  /** Where its owner sits, or what kind of ticket it is. */
  place: string;
  attendeeName: string | null;
  onClose: () => void;
}

/** One code as large as the screen allows, which stays on while it is shown. */
export function LargeCode({ ticketId, n, place, attendeeName, onClose }: Props) {
  useScreenOn();
  return (
    <Dialog title={t('admit')} closeLabel={t('close')} onClose={onClose}>
      <div className="rounded-card bg-white p-5">
        <img
          src={qrPath(ticketId)}
          alt={t('qrAlt', { n })}
          width={400}
          height={400}
          className="mx-auto aspect-square w-full max-w-[60dvh]"
        />
      </div>
      <p className="mt-4 text-center text-lg font-semibold">{place}</p>
      {attendeeName && <p className="text-center font-medium">{attendeeName}</p>}
      <p className="mt-1 text-center text-sm text-muted">{t('brightness')}</p>
    </Dialog>
  );
}

/** Keeps the screen from going dark. The lock ends whenever the page is hidden, and is asked for again. */
function useScreenOn(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let closed = false;
    const ask = async () => {
      if (document.visibilityState !== 'visible') return;
      // Refused without harm where the battery is low or the browser has no such thing.
      const given = await navigator.wakeLock?.request('screen').catch(() => undefined);
      if (closed) await given?.release();
      else lock = given;
    };
    void ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      closed = true;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
}
