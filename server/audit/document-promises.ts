import { type Check, ofEvents } from './check.ts';

const sumOfLines = `(
  select coalesce(sum((line ->> 'netMinor')::bigint + (line ->> 'taxMinor')::bigint), 0)
  from jsonb_array_elements(content -> 'lines') as line)`;

export const documents: Check[] = [
  {
    name: 'the documents of each order add up to its price less its refunds',
    sql: `
      select orders.id || ': documents of ' || documented || ' for a price of ' || total_minor || ' less ' || coalesce(credited, 0)
      from (
        select event_id, order_id as id,
          sum(case when kind = 'credit_note' then -total_minor else total_minor end) as documented
        from documents where ${ofEvents('documents')} group by event_id, order_id
      ) as documents
      join orders on orders.id = documents.id and orders.event_id = documents.event_id
      left join (
        select transfers.event_id, transfers.order_id as id, sum(transfers.amount_minor) as credited
        from documents
        join transfers on transfers.id = documents.transfer_id and transfers.event_id = documents.event_id
        where part < 9 and ${ofEvents('documents')} group by transfers.event_id, transfers.order_id
      ) as refunds on refunds.id = documents.id and refunds.event_id = documents.event_id
      where documented <> total_minor - coalesce(credited, 0)`,
  },
  {
    name: 'each document has the total and number that its content says',
    sql: `
      select id || ': ' || total_minor || ', its lines say ' || said || '; ' || number_text || ', it says ' || (content ->> 'number')
      from documents cross join lateral (select ${sumOfLines}) as lines (said)
      where ${ofEvents('documents')} and (total_minor <> said or number_text <> content ->> 'number'
        or kind <> content ->> 'kind' or number_text not like '%' || number)`,
  },
  {
    // While a job waits, a document may be missing.
    name: 'each sale has a receipt or invoice, and each refund of one a credit note',
    settled: true,
    sql: `
      select moved.id || ' of ' || order_id || ' has no document' from (
        select distinct event_id, order_id, id, kind from transfers
        where kind in ('charge', 'refund', 'refund_outside') and split_part(debit, ':', 1) <> 'buyer' and ${ofEvents('transfers')}
      ) as moved
      where not exists (
          select from documents
          where documents.order_id = moved.order_id and case when moved.kind = 'charge' then documents.kind <> 'credit_note'
            else documents.transfer_id = moved.id end)
        and not exists (select from refunds where refunds.id = 'rfd_' || substr(moved.id, 5) and repeats is not null)
        and not exists (select from graphile_worker._private_jobs as job
          join graphile_worker._private_tasks as task on task.id = job.task_id
          where attempts < max_attempts and identifier in ('send-order-mails', 'issue-documents'))`,
  },
];
