import type { Clock } from '../../clock.ts';
import type { Db } from '../../data/db.ts';
import { eventOf, type MadeMail, type Mailer, makeMail } from '../../features/notifications/mailer.ts';
import { gather } from '../../gather.ts';
import type { NewId } from '../../ids.ts';

// Notes the mails as sent (table of notifications), because one statement stores a mail and notes it. A mail whose key is known
// was stored before, and so were its attachments. The arrays come out of sub-selects, which hides their length from the planner,
// so it plans once and not for each call.
const insertMessages = `
  with mail as materialized (
    select * from unnest((select $1::text[]), (select $2::text[]), (select $3::text[]), (select $4::text[]), (select $5::text[]),
      (select $6::text[]), (select $14::text[]), (select $15::text[]), (select $16::text[]), (select $17::text[]), (select $18::text[]),
      (select $19::text[]))
      as mail (id, key, recipient, subject, html, body_text, kind, language, event_id, order_id, job, push_to)
  ), noted as (
    insert into deliveries (key, id, kind, channel, recipient, language, event_id, order_id, job, state, attempts, created_at, sent_at)
    select key, id, kind, 'email', recipient, language, event_id, order_id, job::jsonb, 'sent', 1, $8, $8 from mail
    order by key
    on conflict (key) do update
      set state = 'sent', error = null, attempts = deliveries.attempts + 1, sent_at = excluded.sent_at, claimed_until = null
      where deliveries.state in ('waiting', 'withheld')
    returning key
  ), message as (
    insert into messages (id, key, recipient, sender, subject, html, body_text, sent_at)
    select id, key, recipient, $7, subject, html, body_text, $8 from mail where key in (select key from noted)
    order by key
    on conflict (key) do nothing returning id
  ), attached as (
  insert into message_attachments (message_id, index, name, type, content)
  select message_id, index, name, type, content
  from unnest((select $9::text[]), (select $10::int[]), (select $11::text[]), (select $12::text[]), (select $13::bytea[]))
    as attachment (message_id, index, name, type, content)
  where message_id in (select id from message)
  )
  select key, exists (select from push_subscriptions where user_id = mail.push_to) as "hasBrowsers" from mail`;

/**
 * Stores mail in the database instead of sending it. The mailbox page shows what people would have received. Mails that
 * are sent at once share a statement.
 */
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
  const store = gather(async (mails: MadeMail[]): Promise<{ hasBrowsers: boolean }[]> => {
    const messages = mails.map((mail) => ({ ...mail, id: newId('message') }));
    const attachments = messages.flatMap(({ id, attachments }) =>
      attachments.map((attachment, index) => ({ ...attachment, messageId: id, index })),
    );
    const rows = await db.query<{ key: string; hasBrowsers: boolean }>(insertMessages, [
      messages.map(({ id }) => id),
      messages.map(({ key }) => key),
      messages.map(({ to }) => to.address.toLowerCase()),
      messages.map(({ subject }) => subject),
      messages.map(({ html }) => html),
      messages.map(({ text }) => text),
      from,
      clock.now(),
      attachments.map(({ messageId }) => messageId),
      attachments.map(({ index }) => index),
      attachments.map(({ name }) => name),
      attachments.map(({ type }) => type),
      attachments.map(({ content }) => content),
      messages.map(({ about }) => about.kind),
      messages.map(({ about }) => about.language),
      messages.map(({ about }) => eventOf(about)),
      messages.map(({ about }) => about.order?.id ?? null),
      messages.map(({ about }) => (about.order ? JSON.stringify(about.order.job) : null)),
      messages.map(({ about }) => about.order?.pushTo ?? null),
    ]);
    const found = new Map(rows.map(({ key, hasBrowsers }) => [key, hasBrowsers]));
    return mails.map(({ key }) => ({ hasBrowsers: found.get(key) ?? false }));
  }, 50);
  return { kind: 'mailbox', store: async (mail) => store(await makeMail(mail)), close: async () => {} };
}
