import type { App } from '../../app.ts';
import type { Sealed } from '../../seal.ts';
import type { LinkMailJob, MailJob } from './mail-job.ts';

/** A mail in the job queue, with its link sealed if the link lets somebody in (seal.ts). */
export type WaitingMailJob = Exclude<MailJob, LinkMailJob> | Sealed<LinkMailJob>;

/**
 * Returns the mail with its link; null if SESSION_SECRET has changed since, because then nobody can decrypt the link.
 */
export function openMail(app: Pick<App, 'seal' | 'log'>, job: WaitingMailJob): MailJob | null {
  if (!('sealedUrl' in job)) return job;
  const { sealedUrl, ...rest } = job;
  const url = app.seal.open(sealedUrl);
  if (url !== null) return { ...rest, url } as LinkMailJob;
  app.log.warn({ kind: job.kind }, 'a mail was sealed with another SESSION_SECRET and is not sent');
  return null;
}
