import { useEffect } from 'react';
import type { TicketId } from '../../../../contract/ids.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { TicketCode } from './TicketCode.tsx';
import { t } from './words.ts';

interface Props {
  ticket: { id: TicketId; issue: number };
  /** The code turns every 15 seconds. */
  turns: boolean;
  /** The ticket's number within the order. */
  n: number;
  /** The seat, or the ticket type. */
  place: string;
  attendeeName: string | null;
  onClose: () => void;
}

/** One code as large as the screen allows. The screen stays on while it is shown. */
export function LargeCode({ ticket, turns, n, place, attendeeName, onClose }: Props) {
  useScreenOn();
  return (
    <Dialog title={t('admit')} closeLabel={t('close')} onClose={onClose}>
      <div className="rounded-card bg-white p-5">
        <TicketCode
          ticket={ticket}
          turns={turns}
          n={n}
          side={400}
          className="mx-auto aspect-square w-full max-w-[60dvh]"
        />
      </div>
      <p className="mt-4 text-center text-lg font-semibold">{place}</p>
      {attendeeName && <p className="text-center font-medium">{attendeeName}</p>}
      <p className="mt-1 text-center text-sm text-muted">{t('brightness')}</p>
      {turns && <p className="mt-1 text-center text-sm text-muted">{t('codeTurns')}</p>}
    </Dialog>
  );
}

/** Keeps the screen on. The lock ends whenever the page is hidden, so this requests it again. */
function useScreenOn(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let closed = false;
    const ask = async () => {
      if (document.visibilityState !== 'visible') return;
      // Fails without harm if the battery is low or the browser does not support it.
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
