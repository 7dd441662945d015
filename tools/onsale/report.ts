/** The report of a run: one page without a script, for a screen in light and dark, and for paper. */

import { type Journal, type Sample, summariseWaits } from '../../server/features/rehearsals/journal.ts';
import type { Outcome } from '../../server/features/rehearsals/outcome.ts';
import { assumptions, botsOf } from '../../server/features/rehearsals/plan.ts';
import { percentile } from '../bench/percentiles.ts';
import { asHtml, chart, count, minutes } from './charts.ts';
import { compareRuns } from './compare.ts';

interface Target {
  name: string;
  value: string;
  isReached: boolean;
}

/** What the run should reach. A missed target is a finding, a broken promise is a failure. */
export function targetsOf({ journal, tickets }: Outcome): Target[] {
  const { plan } = journal;
  const all = tickets.honest + tickets.bots;
  const waits = summariseWaits(journal.waits);
  const shareOfTickets = all === 0 ? 0 : tickets.bots / all;
  return [
    {
      name: 'every seat is sold',
      value: `${count(all)} of ${count(plan.seats)}`,
      isReached: all === plan.seats,
    },
    {
      name: 'the median wait of honest people is within 20% of what they were told',
      value:
        waits.people === 0
          ? 'nobody was told a time'
          : `told ${minutes(waits.toldMedianMs)}, real ${minutes(waits.realMedianMs)}: ${percent(waits.medianError)}`,
      isReached: waits.people > 0 && Math.abs(waits.medianError) <= 0.2,
    },
    {
      name: 'the share of tickets that bots keep is under half their share of people',
      value: `${percent(shareOfTickets)} of tickets, ${percent(plan.bots)} of people`,
      isReached: plan.bots === 0 || shareOfTickets < plan.bots / 2,
    },
  ];
}

export const isKept = ({ promises }: Pick<Outcome, 'promises'>): boolean =>
  promises.every(({ broken }) => broken.length === 0);

export function reportOf(outcome: Outcome): string {
  const { journal, promises, how, tickets } = outcome;
  const { plan, samples } = journal;
  const opening = [{ atMs: plan.opensMs, name: 'opening' }];
  const line = (name: string, token: 1 | 2 | 3 | 4, of: (sample: Sample) => number) => ({
    name,
    token,
    points: samples.map((sample) => ({ atMs: sample.atMs, value: of(sample) })),
  });
  const all = Math.max(1, tickets.honest + tickets.bots);
  const admitted = Math.max(1, journal.admitted.honest + journal.admitted.bots);
  const bots = botsOf(plan);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>On-sale of ${count(plan.people)} people</title><style>${css}</style></head><body><main>
<h1>On-sale: ${count(plan.people)} people for ${count(plan.seats)} seats</h1>
<p class="verdict ${isKept(outcome) ? 'kept' : 'broken'}">${isKept(outcome) ? 'Every promise was kept.' : 'A PROMISE WAS BROKEN.'}</p>
<h2>Targets</h2>
${table(
  ['Target', 'Measured', ''],
  targetsOf(outcome).map(({ name, value, isReached }) => [name, value, isReached ? 'reached' : 'MISSED']),
)}
<h2>Promises, recounted</h2>
${table(
  ['Promise', 'How it is known', 'Result'],
  promises.map(({ name, how: known, broken }) => [
    name,
    known,
    broken.length === 0 ? 'kept' : `BROKEN ${count(broken.length)} times: ${broken.slice(0, 5).join('; ')}`,
  ]),
)}
<h2>Over time</h2>
${chart('People (minutes of the sale)', [line('arrived', 1, (at) => at.arrived), line('waiting', 2, (at) => at.waiting), line('let in', 3, (at) => at.admitted)], opening)}
${chart('Places', [line('held', 2, (at) => at.holds), line('sold', 1, (at) => at.sold)], opening)}
<h2>Waits: told and real</h2>
${waitsTable(journal)}
<h2>Who got tickets</h2>
${table(
  ['', 'Honest', 'Bots', 'Share of bots'],
  [
    ['accounts', count(plan.people - bots), count(bots), percent(plan.bots)],
    [
      'let in',
      count(journal.admitted.honest),
      count(journal.admitted.bots),
      percent(journal.admitted.bots / admitted),
    ],
    ['tickets kept', count(tickets.honest), count(tickets.bots), percent(tickets.bots / all)],
  ],
)}
${table(['How the visit ended', 'Honest', 'Bots'], endsOf(journal))}
<h2>Refusals by name</h2>
${table(['Step', 'Refusal', 'Honest', 'Bots'], refusalsOf(journal))}
<h2>Each step</h2>
${stepsTable(journal)}
${outcome.simulated ? comparison(journal, outcome.simulated) : ''}
<h2>How it was run</h2>
${table(
  ['', ''],
  [
    ...how,
    [
      'people a minute',
      plan.peoplePerMinute === null
        ? 'as many as the ledger serves'
        : `${plan.peoplePerMinute}, as the organiser wishes`,
    ],
    ...Object.entries(assumptions).map(([name, value]) => [`assumed: ${inWords(name)}`, String(value)]),
  ],
)}
</main></body></html>
`;
}

function comparison(real: Journal, simulated: Journal): string {
  const lines = (of: (sample: Sample) => number) =>
    [real, simulated].map(({ samples }, i) => ({
      name: i === 0 ? 'real' : 'simulated',
      token: (i + 1) as 1 | 2,
      points: samples.map((sample) => ({ atMs: sample.atMs, value: of(sample) })),
    }));
  return `<h2>Compared with the simulation of the same people</h2>
${chart(
  'People who wait',
  lines((at) => at.waiting),
)}
${chart(
  'Places sold',
  lines((at) => at.sold),
)}
${table(
  ['', 'Real', 'Simulated', 'Mean distance of the curves'],
  compareRuns(real, simulated).map(({ name, real: one, simulated: other, apart }) => [
    name,
    count(one),
    count(other),
    apart === null ? '' : percent(apart),
  ]),
)}`;
}

function waitsTable({ waits }: Journal): string {
  if (waits.length === 0) return '<p>Nobody was told a time.</p>';
  const { deciles, people, ownMedianError } = summariseWaits(waits);
  return `<p>${count(people)} honest people were told an estimate before they were let in. The median of their own errors is ${percent(ownMedianError)} of what each was told (of those who were told ten seconds or more).</p>
${table(
  ['Tenth of people, by what they were told', 'People', 'Told (median)', 'Real (median)'],
  deciles.map(({ people: many, toldMs, realMs }, i) => [
    `${i + 1}`,
    count(many),
    minutes(toldMs || 0),
    minutes(realMs || 0),
  ]),
)}`;
}

function endsOf({ ends }: Journal): string[][] {
  const names = [...new Set([...Object.keys(ends.honest), ...Object.keys(ends.bots)])];
  return names.map((name) => [name, count(ends.honest[name] ?? 0), count(ends.bots[name] ?? 0)]);
}

function refusalsOf({ refusals }: Journal): string[][] {
  const groups = Map.groupBy(
    refusals,
    ({ step, code, reason }) => `${step}\t${reason ? `${code} (${reason})` : code}`,
  );
  return [...groups].map(([name, of]) => {
    const bots = of.filter(({ isBot }) => isBot).length;
    return [...name.split('\t'), count(of.length - bots), count(bots)];
  });
}

function stepsTable({ stepMs }: Journal): string {
  const rows = Object.entries(stepMs).map(([step, values]) => {
    const sorted = Float64Array.from(values).sort();
    const at = (share: number) => percentile(sorted, share).toFixed(1);
    return [step, count(sorted.length), at(0.5), at(0.95), at(0.99)];
  });
  if (rows.length === 0) return '<p>Virtual time: no request was sent.</p>';
  return table(['Step', 'Requests', 'p50 ms', 'p95 ms', 'p99 ms'], rows);
}

function table(head: string[], rows: string[][]): string {
  const cells = (row: string[]) =>
    row
      .map((cell, i) => (i === 0 ? `<th scope="row">${asHtml(cell)}</th>` : `<td>${asHtml(cell)}</td>`))
      .join('');
  return `<div class="table"><table><thead><tr>${head.map((name) => `<th scope="col">${asHtml(name)}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</tbody></table></div>`;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const inWords = (name: string): string => name.replaceAll(/[A-Z]/g, (sign) => ` ${sign.toLowerCase()}`);

const css = `
:root{color-scheme:light dark;--ink:light-dark(#1b1b1f,#ececf1);--paper:light-dark(#fff,#17171b);--faint:light-dark(#d9d9e0,#3a3a42);--soft:light-dark(#5b5b66,#a9a9b5);--line-1:light-dark(#b3325f,#ff8fb3);--line-2:light-dark(#2a6f97,#7cc4f0);--line-3:light-dark(#5c7a1a,#b9dc6a);--line-4:light-dark(#7a4fa3,#cda6f5);--good:light-dark(#1d6b36,#7fd99b);--bad:light-dark(#a3161f,#ff9a9f)}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:54rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:1.8rem 0 .5rem}
.verdict{font-weight:700}.kept{color:var(--good)}.broken{color:var(--bad)}
.table{overflow-x:auto}table{border-collapse:collapse;width:100%;margin-bottom:.8rem}
th,td{text-align:start;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid var(--faint);font-weight:400;overflow-wrap:anywhere}
thead th{color:var(--soft)}td{font-variant-numeric:tabular-nums}
figure{margin:0 0 1rem}figcaption{color:var(--soft)}svg{width:100%;height:auto}
.legend{margin:0;display:flex;gap:1.2rem;flex-wrap:wrap}.legend svg{width:28px}
text{fill:var(--soft);font-size:11px}.grid{stroke:var(--faint)}.mark{stroke:var(--soft);stroke-dasharray:2 3}
.line{fill:none;stroke-width:2}.line-1{stroke:var(--line-1)}.line-2{stroke:var(--line-2);stroke-dasharray:7 3}.line-3{stroke:var(--line-3);stroke-dasharray:2 3}.line-4{stroke:var(--line-4);stroke-dasharray:10 3 2 3}
@media print{:root{color-scheme:light}main{max-width:none}figure,table{break-inside:avoid}}
`;
