import type { Clock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import type { Db } from '../../data/db.ts';
import type { Mailer } from '../../features/notifications/mailer.ts';
import type { NewId } from '../../ids.ts';
import { createMailbox } from './mailbox.ts';

/**
 * Creates the SMTP mailer if SMTP_URL is set, else the local mailbox. The SMTP library is loaded only when needed.
 */
export async function createMailer(parts: {
  config: Pick<Config, 'mail'>;
  db: Db;
  clock: Clock;
  newId: NewId;
}): Promise<Mailer> {
  const { smtpUrl, from } = parts.config.mail;
  const { db, clock, newId } = parts;
  if (!smtpUrl) return createMailbox({ db, clock, newId, from });
  const { createSmtpMailer } = await import('./smtp.ts');
  return createSmtpMailer({ url: smtpUrl, from });
}
