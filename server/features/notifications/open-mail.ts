import type { App } from '../../app.ts';
import type { Sealed } from '../../seal.ts';
import type { LinkMailJob, MailJob } from './mail-job.ts';

/** A mail as it waits among the jobs: links that let somebody in are sealed (seal.ts). */
export type WaitingMailJob = Exclude<MailJob, LinkMailJob> | Sealed<LinkMailJob>;

/** The mail with its link; null where SESSION_SECRET has changed since, and nobody can know the link any more. */
export function openMail(app: Pick<App, 'seal' | 'log'>, job: WaitingMailJob): MailJob | null {
  if (!('sealedUrl' in job)) return job;
  const { sealedUrl, ...rest } = job;
  const url = app.seal.open(sealedUrl);
  if (url !== null) return { ...rest, url } as LinkMailJob;
  app.log.warn({ kind: job.kind }, 'a mail was sealed with another SESSION_SECRET and is not sent');
  return null;
}
