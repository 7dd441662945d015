import { useEffect, useRef } from 'react';
import { useNowMs } from './clock.ts';

interface Props {
  /** The server's end time, in milliseconds since 1970. */
  endsAtMs: number;
  /** The server's clock minus this device's, in milliseconds. */
  offsetMs: number;
  /** Announced with the time left: "left to pay". */
  label: string;
  onEnd: () => void;
}

/**
 * Shows minutes and seconds, and hours if there are any, without trusting the device's clock. It is announced at each whole minute, not each
 * second.
 */
export function Countdown({ endsAtMs, offsetMs, label, onEnd }: Props) {
  const now = useNowMs(250) + offsetMs;
  const leftSeconds = Math.max(0, Math.ceil((endsAtMs - now) / 1000));
  const ended = leftSeconds === 0;
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    if (ended) end.current();
  }, [ended]);
  const minutes = Math.floor(leftSeconds / 60);
  const seconds = twoDigits(leftSeconds % 60);
  const hours = Math.floor(minutes / 60);
  return (
    <span role="timer" aria-label={label} className={`font-bold ${leftSeconds <= 60 ? 'text-bad' : ''}`}>
      {/* Even digits, so that nothing trembles; the colon would get a digit's width with them. */}
      {hours > 0 && (
        <>
          <span className="numeric">{hours}</span>:
        </>
      )}
      <span className="numeric">{hours > 0 ? twoDigits(minutes % 60) : minutes}</span>:
      <span className="numeric">{seconds}</span>
      <span className="sr-only" aria-live="polite">
        {leftSeconds > 0 && leftSeconds <= 120 && leftSeconds % 60 === 0 ? `${minutes} min ${label}` : ''}
      </span>
    </span>
  );
}

const twoDigits = (count: number): string => String(count).padStart(2, '0');
