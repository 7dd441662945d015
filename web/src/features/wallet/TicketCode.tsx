import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type CSSProperties, useEffect, useState } from 'react';
import type { TicketId } from '../../../../contract/ids.ts';
import { stepAt, stepMs } from '../../../../contract/rotating-code.ts';

import { nowMs, useNowMs } from '../../ui/clock.ts';
import { useReadable } from './embedded.ts';
import { correctKey, qrPath, walletKeyQuery } from './kept.ts';
import { makesCodes, type ShownCode, startCodes } from './live-code.ts';
import { t } from './words.ts';

interface Props {
  ticket: { id: TicketId; issue: number };
  /** The code turns every 15 seconds. */
  turns: boolean;
  /** The ticket's number within the order. */
  n: number;
  /** In pixels. */
  side: number;
  className: string;
}

/** The QR code of a ticket: a picture of the server, or one that turns, which this device makes itself. */
export function TicketCode({ turns, ...props }: Props) {
  if (!turns) return <Picture {...props} source={qrPath(props.ticket.id)} />;
  return makesCodes() ? <TurningCode {...props} /> : <FetchedCode {...props} />;
}

type Shown = Omit<Props, 'turns'>;

function Picture({ source, n, side, className }: Shown & { source: string }) {
  const shown = useReadable(source);
  return <img src={shown} alt={t('qrAlt', { n })} width={side} height={side} className={className} />;
}

/** Without WebCrypto the server draws each code. */
function FetchedCode(props: Shown) {
  const step = stepAt(useNowMs(1000));
  return <Picture {...props} source={`${qrPath(props.ticket.id)}?step=${step}`} />;
}

function TurningCode(props: Shown) {
  const key = useQuery(walletKeyQuery(props.ticket));
  const [shown, setShown] = useState<(ShownCode & { source: string }) | null>(null);
  const saved = key.data;
  const client = useQueryClient();
  const { id, issue } = props.ticket;
  useEffect(() => {
    if (saved) void correctKey(client, { id, issue }, saved).catch(() => {});
  }, [client, id, issue, saved]);
  useEffect(() => {
    if (!saved) return;
    let timer: ReturnType<typeof setTimeout>;
    let isGone = false;
    const begin = async () => {
      const [{ renderSVG }, next] = await Promise.all([import('uqr'), startCodes(saved)]);
      const turn = async () => {
        clearTimeout(timer);
        const code = await next();
        if (isGone) return;
        const svg = renderSVG(code.text, { ecc: 'M', border: 4 });
        setShown({ ...code, source: `data:image/svg+xml,${encodeURIComponent(svg)}` });
        timer = setTimeout(() => void turn(), Math.max(50, code.untilMs - nowMs()));
      };
      // A phone that was locked has slept through its timers.
      document.addEventListener('visibilitychange', turn);
      if (isGone) document.removeEventListener('visibilitychange', turn);
      stop = () => document.removeEventListener('visibilitychange', turn);
      await turn();
    };
    let stop = () => {};
    void begin();
    return () => {
      isGone = true;
      clearTimeout(timer);
      stop();
    };
  }, [saved]);
  if (key.isError)
    return (
      <span className={`grid place-items-center p-4 text-center text-base font-semibold ${props.className}`}>
        {t('codeNeedsNet')}
      </span>
    );
  return (
    <>
      {shown ? <Picture {...props} source={shown.source} /> : <span className={`block ${props.className}`} />}
      <span aria-hidden="true" className="mt-2 block h-1 overflow-hidden rounded-full bg-black/10">
        {shown && (
          <span
            key={shown.text}
            className="block h-full origin-left animate-[run-out_15s_linear_forwards] bg-black rtl:origin-right"
            style={runsFrom(shown)}
          />
        )}
      </span>
    </>
  );
}

/** The bar began when the code did, which may be a while ago. */
const runsFrom = ({ untilMs }: ShownCode): CSSProperties => ({
  animationDelay: `${Math.min(0, untilMs - nowMs() - stepMs)}ms`,
});
