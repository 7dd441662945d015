import { useRef, useState } from 'react';
import { newKey } from '../../../../client/act.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import { nowMs } from '../../ui/clock.ts';
import type { GateScan, GroupScan } from './offline/ask-server.ts';
import type { Gate } from './offline/gate.ts';
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

/** Where the device stands. */
type At = Pick<GateScan, 'gate' | 'place'>;

interface Waiting {
  key: string;
  /** The text, if the camera may see it again. */
  seen?: string;
  /** The nonce belongs to the scan: with it a retry can't admit twice. */
  decide(nonce: string): Promise<ScanOutcome>;
}

/** One scan after the other: what the last one came to, and the ones before. */
export function useScans(gate: Gate, at: At, choice: SignalChoice) {
  const [shown, show] = useState<{ key: string; outcome: ScanOutcome | null }>({ key: '', outcome: null });
  const [isPending, setPending] = useState(false);
  const [recent, setRecent] = useState<RecentScan[]>([]);
  const last = useRef<GateScan['what']>({ text: '' });
  /** When each code was last in view. Of two tickets in view, the camera reads now one and now the other. */
  const seen = useRef(new Map<string, number>());

  const present = useRef({ gate, at, choice });
  present.current = { gate, at, choice };
  const [line] = useState(() =>
    createLine(async ({ seen: text, decide }: Waiting) => {
      if (text !== undefined) seen.current.set(text, nowMs());
      setPending(true);
      const key = newKey();
      const decided = await decide(key).catch(outcomeOfError);
      setPending(false);
      show({ key, outcome: decided });
      setRecent((before) => [{ key, atMs: nowMs(), outcome: decided }, ...before].slice(0, mostRecent));
      signal(signalOf(decided), present.current.choice);
    }, rest),
  );
  // The same functions for ever, so that what gets them is not rendered for each scan.
  const [acts] = useState(() => {
    const add = (what: GateScan['what'], overrides?: GateScan['overrides']) => {
      const name = 'text' in what ? what.text : `ticket ${what.ticketId}`;
      line.add({
        key: `${name} ${overrides ?? ''}`,
        ...('text' in what && { seen: what.text }),
        decide(nonce) {
          last.current = what;
          const { at, gate } = present.current;
          return gate.scan({ ...at, what, nonce, ...(overrides && { overrides }) });
        },
      });
    };
    const submit = (text: string) => add({ text });
    return {
      submit,
      /** For what a camera sees: ignores a code that is still in view. */
      submitSeen(code: string) {
        const now = nowMs();
        for (const [each, atMs] of seen.current) if (now - atMs > sameMs) seen.current.delete(each);
        if (seen.current.has(code)) seen.current.set(code, now);
        // A camera reads the next ticket again after this one.
        else if (!line.isBusy()) submit(code);
      },
      /** A ticket that the steward has found. */
      submitFound: (ticketId: TicketId) => add({ ticketId }),
      /** Others of the same order. */
      submitGroup: (group: Pick<GroupScan, 'with' | 'ticketIds'>) =>
        line.add({
          key: `group ${group.with}`,
          decide: (nonce) => present.current.gate.group({ ...present.current.at, ...group, nonce }),
        }),
      /** The last ticket again, overruling a refusal. */
      overrule: (refusal: 'ticket_disputed') => add(last.current, [refusal]),
      /** An earlier result once more. */
      show: ({ key, outcome }: RecentScan) => show({ key, outcome }),
    };
  });
  return { shown, isPending, recent, ...acts };
}

function signalOf(outcome: ScanOutcome) {
  if (outcome.kind === 'unanswered') return 'wait';
  if (outcome.kind === 'refused') return refusalOf(outcome.code).look;
  if (needsLook(outcome)) return outcome.kind === 'group' && outcome.admitted === 0 ? 'refuse' : 'wait';
  return 'admit';
}
