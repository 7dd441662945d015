import type { Clock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import type { Db } from '../../db.ts';
import type { Mailer } from '../../features/notifications/mailer.ts';
import type { NewId } from '../../ids.ts';
import { createMailbox } from './mailbox.ts';
import { createSmtpMailer } from './smtp.ts';

/** SMTP where SMTP_URL is set, else the local mailbox. */
export function createMailer(parts: {
  config: Pick<Config, 'mail'>;
  db: Db;
  clock: Clock;
  newId: NewId;
}): Mailer {
  const { smtpUrl, from } = parts.config.mail;
  const { db, clock, newId } = parts;
  return smtpUrl
    ? createSmtpMailer({ url: smtpUrl, from, db, clock })
    : createMailbox({ db, clock, newId, from });
}
