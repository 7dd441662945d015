import type { Clock } from '../../clock.ts';
import type { Db } from '../../data/db.ts';
import type { Mail, Mailer } from '../../features/notifications/mailer.ts';
import type { NewId } from '../../ids.ts';

const insertMessage = `
  insert into messages (id, key, recipient, sender, subject, html, body_text, sent_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (key) do nothing`;

const insertAttachments = `
  insert into message_attachments (message_id, index, name, type, content)
  select $1, n - 1, name, type, content
  from unnest($2::text[], $3::text[], $4::bytea[]) with ordinality as attachment (name, type, content, n)`;

/** Stores mail in the database instead of sending it. The mailbox page shows what people would have received. */
export function createMailbox({
  db,
  clock,
  newId,
  from,
}: {
  db: Db;
  clock: Clock;
  newId: NewId;
  from: string;
}): Mailer {
  return {
    kind: 'mailbox',
    send: (mail: Mail) =>
      db.transaction(async (trx) => {
        const id = newId('message');
        const recipient = mail.to.address.toLowerCase();
        const row = [id, mail.key, recipient, from, mail.subject, mail.html, mail.text, clock.now()];
        if ((await trx.run(insertMessage, row)) === 0) return;
        const { attachments } = mail;
        await trx.run(insertAttachments, [
          id,
          attachments.map(({ name }) => name),
          attachments.map(({ type }) => type),
          attachments.map(({ content }) => content),
        ]);
      }),
    close: async () => {},
  };
}
