import { createHash } from 'node:crypto';
import type { BankStatement } from '../../../contract/bank-statements.ts';
import { findReferences } from '../../../contract/creditor-reference.ts';
import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { CsvColumns } from '../../../contract/statement-fields.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { readOrganisationWays } from '../pay-ways/list-ways.ts';
import { enterBankMoney } from '../payments/bank-money.ts';
import { type AwaitedTransfer, findByReference, lockAwaited, wasTold } from './awaited-store.ts';
import {
  insertEntries,
  insertMatches,
  insertStatement,
  lockEntriesOf,
  type NewEntry,
  type NewMatch,
  selectKnownKeys,
} from './entry-store.ts';
import { matchCredit, openOf, stateOf } from './match.ts';
import { notePaid } from './pay-by-transfer.ts';
import { readStatement } from './read-statement.ts';
import { type ParsedEntry, refuseStatement } from './statement.ts';

interface Body {
  fileName: string;
  content: string;
  columns: CsvColumns | null;
}

/**
 * Imports a statement: each entry once, in the books, and with the orders that it names. All of it is one transaction, so after a
 * crash either the whole file was imported or nothing of it.
 */
export async function importStatement(
  app: App,
  call: ActingCall & Call<{ organisationId: OrganisationId }, unknown, Body, 'team'>,
) {
  const { organisationId } = call.params;
  const { fileName, content, columns } = call.body;
  const { format, entries } = readStatement(Buffer.from(content, 'base64'), columns);
  return once(app, call, async (trx) => {
    await lockEntriesOf(trx, organisationId);
    const account = await accountOf(trx, organisationId, entries);
    // Some files name the own account in each row. Nobody pays from it, and no money goes back to it.
    const keyed = withKeys(entries).map((entry) =>
      entry.payerIban === account ? { ...entry, payerIban: null } : entry,
    );
    const known = await selectKnownKeys(
      trx,
      organisationId,
      // A file without its account may have been imported while the organisation had another one.
      entries.some(({ iban }) => iban) ? account : null,
      keyed.map(({ key }) => key),
    );
    const news = keyed.filter(({ key }) => !known.has(key));
    const now = app.clock.now();
    const statementId = app.newId('bankStatement');
    const { matched, matches, paid } = await matchAll(app, trx, organisationId, news);
    const statement = { format, fileName, entries: entries.length, fresh: news.length };
    insertStatement(trx, statementId, { ...statement, organisationId, by: call.caller.userId, now });
    insertEntries(trx, { organisationId, statementId, account }, matched, now);
    enterBankMoney(
      trx,
      'bank_in',
      organisationId,
      matched.flatMap((entry) => (entry.kind === 'credit' ? [{ ...entry, entryId: entry.id }] : [])),
      now,
    );
    insertMatches(trx, matches, now);
    notePaid(trx, paid, now);
    noteAct(app, trx, call, {
      act: 'bank_statement.imported',
      organisationId,
      subject: { type: 'organisation', id: organisationId },
      before: null,
      after: { file: fileName, format, count: news.length },
    });
    const countOf = (is: (entry: NewEntry) => boolean) => matched.filter(is).length;
    return {
      statement: { id: statementId, importedAt: now.toISOString(), ...statement } satisfies BankStatement,
      // What has come in full. The jobs of the transaction pay the orders.
      done: countOf((entry) => entry.state === 'partly' && entry.problem === null && entry.restMinor === 0),
      partly: countOf((entry) => entry.state === 'partly' && (entry.problem !== null || entry.restMinor > 0)),
      unmatched: countOf((entry) => entry.state === 'unmatched'),
      debits: countOf((entry) => entry.state === 'debit'),
    };
  });
}

/** The account that the money came to: that of the organisation, or one that its buyers were told before. */
async function accountOf(
  trx: Transaction,
  organisationId: OrganisationId,
  entries: ParsedEntry[],
): Promise<string> {
  const { account } = await readOrganisationWays(trx, organisationId);
  if (!account) throw new Refused('account_missing');
  const named = new Set(entries.flatMap(({ iban }) => iban ?? []));
  if (named.size > 1) throw refuseStatement('bad_account');
  const [iban = account.iban] = named;
  if (iban === account.iban) return iban;
  if (!(await wasTold(trx, organisationId, iban))) throw refuseStatement('bad_account');
  return iban;
}

/**
 * What tells entries apart. The bank's reference alone does not, because some banks give one to a whole batch. Equal entries of a
 * day are numbered in their order, which is the same in every file.
 */
function withKeys<E extends ParsedEntry>(entries: E[]): (E & { key: string })[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const { bookedOn, kind, amountMinor, currency, bankReference, payerIban, payerName, remittance } = entry;
    const own = [bankReference ?? '', payerIban ?? payerName ?? '', remittance];
    const like = [
      bookedOn,
      kind,
      amountMinor,
      currency,
      ...own.map((text) => text.replaceAll(/\s/g, '')),
    ].join('\0');
    const occurrence = (seen.get(like) ?? 0) + 1;
    seen.set(like, occurrence);
    const key = createHash('sha256').update(`${like}\0${occurrence}`).digest('base64url').slice(0, 32);
    return { ...entry, key };
  });
}

/** Matches the entries with the orders that they name, in their order, so two transfers for one order add up. */
async function matchAll(
  app: App,
  trx: Transaction,
  organisationId: OrganisationId,
  news: (ParsedEntry & { key: string })[],
) {
  const referencesOf = new Map(
    news.map((entry) => [entry, isPaying(entry) ? findReferences(entry.remittance) : []]),
  );
  const wanted = [...new Set([...referencesOf.values()].flat())];
  const found = await findByReference(trx, organisationId, wanted);
  const orders = await lockAwaited(trx, [...new Set(found.map(({ orderId }) => orderId))]);
  const byReference = Map.groupBy(orders, ({ reference }) => reference);
  const matches: NewMatch[] = [];
  const matched = news.map((entry): NewEntry => {
    const id = app.newId('bankEntry');
    if (entry.kind !== 'credit') return { ...entry, id, state: 'debit', restMinor: 0, problem: null };
    const references = referencesOf.get(entry) ?? [];
    const named = references.flatMap((reference) => byReference.get(reference) ?? []);
    const match = matchCredit(entry, named, references.length > 0);
    for (const { orderId, minor } of match.assigned) {
      const order = orders.find((each) => each.orderId === orderId) as AwaitedTransfer;
      order.receivedMinor += minor;
      matches.push({
        id: app.newId('bankMatch'),
        entryId: id,
        orderId,
        eventId: order.eventId,
        minor,
        by: null,
      });
    }
    const { restMinor, problem } = match;
    const state = stateOf({ ...entry, restMinor, problem }, match.assigned.length > 0);
    return { ...entry, id, state, restMinor, problem };
  });
  const paid = orders.filter((order) => order.paidAt === null && openOf(order) === 0);
  return { matched: settled(matched, matches, paid), matches, paid: paid.map(({ orderId }) => orderId) };
}

const isPaying = ({ kind, isReturn }: ParsedEntry): boolean => kind === 'credit' && !isReturn;

/** An earlier part of an order's money waits for nothing any more, if a later entry of the file completes it. */
function settled(entries: NewEntry[], matches: NewMatch[], paid: AwaitedTransfer[]): NewEntry[] {
  const complete = new Set(paid.map(({ orderId }) => orderId));
  const waiting = new Set(
    matches.flatMap(({ entryId, orderId }) => (complete.has(orderId) ? [] : [entryId])),
  );
  return entries.map((entry) =>
    entry.problem === 'too_little' && entry.restMinor === 0 && !waiting.has(entry.id)
      ? { ...entry, problem: null }
      : entry,
  );
}
