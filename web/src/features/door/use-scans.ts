import { useRef, useState } from 'react';
import { newKey } from '../../../../client/act.ts';
import { nowMs } from '../../ui/clock.ts';
import type { RecentScan } from './RecentScans.tsx';
import { refusalOf } from './refusals.ts';
import { createLine } from './scan-line.ts';
import { needsLook, outcomeOfError, type ScanOutcome } from './scan-outcome.ts';
import { type SignalChoice, signal } from './signals.ts';

/** The same code within this time is the same scan, because a ticket stays in view for many frames. */
const sameMs = 6_000;
const mostRecent = 20;
/** How long a result is shown if the next guest waits already. */
const rest = () => new Promise<void>((done) => setTimeout(done, 1_000));

/** Decides one scan. The nonce belongs to the scan: with it a retry can't admit twice. */
type Decide = (code: string, nonce: string, overrides?: 'ticket_disputed'[]) => Promise<ScanOutcome>;

/** One scan after the other: what the last one came to, and the ones before. */
export function useScans(decide: Decide, choice: SignalChoice) {
  const [outcome, setOutcome] = useState<ScanOutcome | null>(null);
  const [isPending, setPending] = useState(false);
  const [recent, setRecent] = useState<RecentScan[]>([]);
  const last = useRef('');
  /** When each code was last in view. Of two tickets in view, the camera reads now one and now the other. */
  const seen = useRef(new Map<string, number>());

  const present = useRef({ decide, choice });
  present.current = { decide, choice };
  const [line] = useState(() =>
    createLine(async ({ code, overrules }) => {
      seen.current.set(code, nowMs());
      last.current = code;
      setOutcome(null);
      setPending(true);
      const key = newKey();
      const decided = await present.current.decide(code, key, overrules).catch(outcomeOfError);
      setPending(false);
      setOutcome(decided);
      setRecent((before) => [{ key, atMs: nowMs(), outcome: decided }, ...before].slice(0, mostRecent));
      signal(signalOf(decided), present.current.choice);
    }, rest),
  );
  const submit = (code: string) => line.add({ code });

  /** For what a camera sees: ignores a code that is still in view. */
  const submitSeen = (code: string) => {
    const now = nowMs();
    for (const [each, atMs] of seen.current) if (now - atMs > sameMs) seen.current.delete(each);
    if (seen.current.has(code)) seen.current.set(code, now);
    // A camera reads the next ticket again after this one.
    else if (!line.isBusy()) submit(code);
  };
  /** The last code again, overruling a refusal. */
  const overrule = (refusal: 'ticket_disputed') => line.add({ code: last.current, overrules: [refusal] });
  return { outcome, isPending, recent, submit, submitSeen, overrule, show: setOutcome };
}

function signalOf(outcome: ScanOutcome) {
  if (outcome.kind === 'admitted') return needsLook(outcome) ? 'wait' : 'admit';
  return outcome.kind === 'unanswered' ? 'wait' : refusalOf(outcome.code).look;
}
