import type { Queryable } from '../../data/db.ts';

// Ids are in the order of time, so the oldest are found without another index. Attachments are deleted too.
const messages = `
  delete from messages where id in (select id from messages order by id limit 200 for update skip locked)
    and sent_at < $1`;
export const deleteMessages = (db: Queryable, before: Date): Promise<number> => db.run(messages, [before]);

const sentKeys = `
  delete from sent_messages where key in (select key from sent_messages where sent_at < $1 limit 1000 for update skip locked)`;
export const deleteSentKeys = (db: Queryable, before: Date): Promise<number> => db.run(sentKeys, [before]);
