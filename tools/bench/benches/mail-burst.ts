import { setTimeout as wait } from 'node:timers/promises';
import { type BenchEvent, openOrganiser, publishEvent } from '../cast.ts';
import { newcomersEnv } from '../newcomers.ts';
import { familyCpuSeconds, threadSeconds } from '../process-stats.ts';
import { printProfile } from '../profile.ts';
import { buy } from '../purchase-load.ts';
import type { Report } from '../report.ts';
import type { BenchOptions } from '../run.ts';
import { startSink } from '../sink-process.ts';
import { openStage, type Stage } from '../stage.ts';
import { startStatements } from '../statements.ts';

/** Mails of the burst. */
const burst = 3000;

/**
 * The mails after a rush. Three thousand people buy two free tickets each. Then nobody buys any more, and this measures how
 * fast the confirmations leave, each with a PDF of two pages and a calendar entry. Meanwhile one person buys at another
 * event: how long do they wait for their mail? The mails go to a mail server of the bench, then into the local mailbox.
 */
export async function mailBurst(options: BenchOptions): Promise<Report> {
  const sink = await startSink();
  try {
    const smtp = await measure(options, `smtp://127.0.0.1:${sink.port}`, sink.arrived);
    const mailbox = options.profile ? null : await measure(options, null, null);
    return {
      bench: 'mail-burst',
      rate: smtp.rate,
      emptyRate: null,
      ratioToEmpty: null,
      singleTxRate: null,
      ratioToSingleTx: null,
      p50Ms: Number.NaN,
      p99Ms: Number.NaN,
      serverRssMb: Number.NaN,
      audit: 'ok',
      targets: [
        { what: 'mails a second, over SMTP', value: smtp.rate, least: 300 },
        ...(mailbox ? [{ what: 'mails a second, into the mailbox', value: mailbox.rate, least: 300 }] : []),
        { what: 'seconds until the mail of another event', value: smtp.otherSeconds, most: 5 },
        { what: 'mails that were not sent', value: smtp.missing + (mailbox?.missing ?? 0), most: 0 },
      ],
      more: {
        ...smtp.cpu,
        cpuMsInMailbox: mailbox?.cpu.cpuMsOfMail ?? null,
        coresBusy: smtp.coresBusy,
        leftAtTheEndOfTheRush: smtp.left,
      },
    };
  } finally {
    sink.stop();
  }
}

interface Burst {
  rate: number;
  /** CPU time for a mail, in ms. Other work on the machine changes it less than it changes the rate. */
  cpu: Record<'cpuMsOfMail' | 'ofFirstThread' | 'ofDrawing' | 'ofOtherThreads' | 'ofPostgres', number>;
  /** By server and PostgreSQL. */
  coresBusy: number;
  left: number;
  missing: number;
  otherSeconds: number;
}

async function measure(
  options: BenchOptions,
  smtpUrl: string | null,
  arrived: (() => Promise<Record<string, number>>) | null,
): Promise<Burst> {
  const stage = await openStage({
    ...options,
    env: {
      ...newcomersEnv,
      MAIL_FROM: 'tickets@admit.example',
      ...(smtpUrl !== null && { SMTP_URL: smtpUrl }),
    },
  });
  try {
    const organiser = await openOrganiser(stage);
    const fields = { ticketTypes: [{ name: 'Free', priceMinor: 0, pools: ['floor'] }] };
    const [large, small] = [
      await publishEvent(stage, organiser, fields),
      await publishEvent(stage, organiser, fields),
    ];
    const buyFree = (event: BenchEvent, buyers: number) =>
      buy(stage, { event, seconds: 60, connections: Math.min(64, buyers), buyers, newcomers: 'guest-key' });
    await buyFree(large, burst);
    if (options.profile) await startStatements(stage.db);
    const leftAtStart = await countWaiting(stage);
    const before = usage(stage);
    const startMs = Date.now();
    const startUs = Number(process.hrtime.bigint() / 1000n);
    const addressesBefore = new Set(Object.keys((await arrived?.()) ?? {}));
    const other = await buyFree(small, 1);
    const boughtMs = other.startedAtMs;
    while ((await countWaiting(stage)) > 0) {
      if (Date.now() - startMs > 300_000) break;
      await wait(50);
    }
    const seconds = (Date.now() - startMs) / 1000;
    const used = difference(usage(stage), before);
    const waiting = await countWaiting(stage);
    const sent = leftAtStart - waiting;
    const newest = Object.entries((await arrived?.()) ?? {}).filter(
      ([address]) => !addressesBefore.has(address),
    );
    // The other event's buyer came last of all, so their address is the highest.
    const last = newest.sort(([a], [b]) => order(a) - order(b)).at(-1)?.[1] ?? Number.NaN;
    const [stored] = await stage.db.query<{ count: number }>(
      smtpUrl === null
        ? 'select count(*)::int as count from messages'
        : "select count(*)::int as count from deliveries where state = 'sent'",
    );
    if (options.profile) await printProfile(stage, [[startUs, Number(process.hrtime.bigint() / 1000n)]]);
    return {
      rate: sent / seconds,
      cpu: {
        cpuMsOfMail: (used.all / sent) * 1000,
        ofFirstThread: (used.first / sent) * 1000,
        ofDrawing: (used.drawing / sent) * 1000,
        ofOtherThreads: (used.others / sent) * 1000,
        ofPostgres: (used.postgres / sent) * 1000,
      },
      coresBusy: used.all / seconds,
      left: leftAtStart,
      missing: burst + 1 - (stored?.count ?? 0),
      otherSeconds: (last - boughtMs) / 1000,
    };
  } finally {
    await stage.close();
  }
}

interface Usage {
  first: number;
  drawing: number;
  others: number;
  postgres: number;
}

const usage = (stage: Stage): Usage => ({
  ...threadSeconds(stage.server.pid),
  postgres: familyCpuSeconds(stage.postmasterPid),
});

function difference(after: Usage, before: Usage): Usage & { all: number } {
  const first = after.first - before.first;
  const drawing = after.drawing - before.drawing;
  const others = after.others - before.others;
  const postgres = after.postgres - before.postgres;
  return { first, drawing, others, postgres, all: first + drawing + others + postgres };
}

/** The n in `buyer-11.0.0.7@example.com`, an address that counts up (newcomers.ts). */
const order = (address: string): number =>
  (/(\d+)\.(\d+)\.(\d+)@/.exec(address) ?? []).slice(1).reduce((sum, part) => sum * 256 + Number(part), 0);

const waitingSql = `
  select coalesce(sum(json_array_length(payload)), 0)::int as count from graphile_worker._private_jobs
  where json_typeof(payload) = 'array'`;

const countWaiting = async (stage: Stage): Promise<number> =>
  (await stage.db.query<{ count: number }>(waitingSql))[0]?.count ?? 0;
