/** Measures a page with Lighthouse: as a mid-range phone on a slow connection with an empty cache. */
import lighthouse, { type Result } from 'lighthouse';
import { launchChromiumServer } from '../launch-chromium.ts';
import { median } from './percentiles.ts';
import { putTreeFirst } from './priority.ts';
import { freePort } from './server-process.ts';

/** Each of the four categories has at most 100 points. Times are those of the simulated phone. */
interface Judgement {
  performance: number;
  accessibility: number;
  bestPractices: number;
  seo: number;
  /** Transferred JavaScript, compressed and with its headers, in kilobytes of 1000 bytes. */
  jsKb: number;
  fcpMs: number;
  lcpMs: number;
  tbtMs: number;
  cls: number;
  /** Everything that was transferred. */
  totalKb: number;
}

export interface Judged extends Judgement {
  /** The audits that cost points, by Lighthouse's names. */
  faults: string[];
}

const categories = {
  performance: 'performance',
  accessibility: 'accessibility',
  bestPractices: 'best-practices',
  seo: 'seo',
} as const;

/**
 * The median of so many visits, for each figure alone, because other work of the machine slows single visits.
 * Each visit has a new browser.
 */
export async function judge(
  url: string,
  { visits, priority }: { visits: number; priority: boolean },
): Promise<Judged> {
  const results: Judged[] = [];
  for (let i = 0; i < visits; i++) results.push(read(await visit(url, priority)));
  const names = Object.keys(results[0] as Judged).filter((name) => name !== 'faults') as (keyof Judgement)[];
  const medians = names.map((name) => [name, median(results.map((result) => result[name]))]);
  // Findings in only some visits come from a busy machine, so only findings of all visits count.
  const faults = results[0]?.faults.filter((fault) => results.every((each) => each.faults.includes(fault)));
  return { ...(Object.fromEntries(medians) as unknown as Judgement), faults: faults ?? [] };
}

/** Repeats a visit that timed out in Lighthouse because the machine was busy. */
const tries = 3;

async function visit(url: string, priority: boolean): Promise<Result> {
  for (let left = tries; ; left--) {
    const port = await freePort();
    const browser = await launchChromiumServer(`--remote-debugging-port=${port}`);
    const stopWatching = priority ? putTreeFirst(browser.process().pid as number) : () => {};
    try {
      const found = await lighthouse(url, {
        port,
        logLevel: 'error',
        onlyCategories: Object.values(categories),
      });
      if (found && !found.lhr.runtimeError) return found.lhr;
      if (left === 1)
        throw new Error(`Lighthouse could not judge ${url}: ${found?.lhr.runtimeError?.message}`);
    } finally {
      stopWatching();
      await browser.close();
    }
  }
}

function read({ categories: scores, audits }: Result): Judged {
  const points = (name: keyof typeof categories) =>
    Math.round((scores[categories[name]]?.score ?? Number.NaN) * 100);
  const figure = (audit: string) => audits[audit]?.numericValue ?? Number.NaN;
  const requests = requestsOf(audits['network-requests']?.details);
  const bytes = (kind?: string) =>
    requests.reduce(
      (sum, { resourceType, transferSize }) => sum + (!kind || resourceType === kind ? transferSize : 0),
      0,
    );
  return {
    performance: points('performance'),
    accessibility: points('accessibility'),
    bestPractices: points('bestPractices'),
    seo: points('seo'),
    jsKb: bytes('Script') / 1000,
    fcpMs: figure('first-contentful-paint'),
    lcpMs: figure('largest-contentful-paint'),
    tbtMs: figure('total-blocking-time'),
    cls: figure('cumulative-layout-shift'),
    totalKb: bytes() / 1000,
    faults: Object.values(scores)
      .flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id))
      .filter((id) => (audits[id]?.score ?? 1) < 0.9),
  };
}

interface NetworkRequest {
  resourceType: string;
  transferSize: number;
}

const requestsOf = (details: unknown): NetworkRequest[] =>
  (details as { items?: NetworkRequest[] })?.items ?? [];
