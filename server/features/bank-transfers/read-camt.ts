import { SaxesParser } from 'saxes';
import { isIban, plainIban } from '../../../contract/iban.ts';
import { mostStatementEntries } from '../../../contract/statement-fields.ts';
import {
  collect,
  currencyOf,
  dayOf,
  minorOf,
  type ParsedEntry,
  referenceIn,
  refuseStatement,
  tidyName,
  tidyText,
} from './statement.ts';

/** An element of the part of a file that is being read. */
interface Node {
  name: string;
  text: string;
  currency: string | undefined;
  children: Node[];
}

/** CAMT is no deeper than 20. */
const deepest = 40;
/** An element of CAMT has some dozens of others at most. Each is looked for among them, once for each transaction. */
const mostParts = 500;

/** The messages of CAMT with entries: statement, report within the day, notice of single entries. Any version of them. */
const messages = /^urn:iso:std:iso:20022:tech:xsd:camt\.05[234]\.\d{3}\.\d{2}$/;

export const isCamt = (text: string): boolean => /<(\w+:)?Document\b/.test(text.slice(0, 4000));

/**
 * Reads the entries of CAMT.052, .053 and .054 (ISO 20022). The parser is strict, and a file with a document type is refused, so
 * there are no entities but those of XML. Only one entry of the file is in memory as elements at a time.
 */
export function readCamt(xml: string): ParsedEntry[] {
  if (/<!DOCTYPE/i.test(xml)) throw refuseStatement('damaged');
  const parser = new SaxesParser({ xmlns: true });
  const found: ParsedEntry[] = [];
  const path: string[] = [];
  let account: string | null = null;
  let open: Node[] = [];
  let isKnown = false;
  parser.on('error', () => {
    throw refuseStatement('damaged');
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (path.length === 0) {
      isKnown = messages.test(uri);
      if (local !== 'Document' || !isKnown) throw refuseStatement('unknown_format');
    }
    path.push(local);
    if (path.length > deepest) throw refuseStatement('damaged');
    if (path.length === 3) account = null;
    const isStart = open.length === 0 && path.length === 4 && (local === 'Ntry' || local === 'Acct');
    if (!isStart && open.length === 0) return;
    const node: Node = { name: local, text: '', currency: attributes.Ccy?.value, children: [] };
    const parent = open.at(-1);
    parent?.children.push(node);
    if (parent && parent.children.length > (parent.name === 'NtryDtls' ? mostStatementEntries : mostParts))
      throw refuseStatement('too_many');
    open.push(node);
  });
  const addText = (text: string) => {
    const node = open.at(-1);
    if (node) node.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    path.pop();
    const node = open.pop();
    if (!node || open.length > 0) return;
    open = [];
    if (node.name === 'Acct') account = ibanOf(node);
    else found.push(...entriesOf(node, account));
    if (found.length > mostStatementEntries) throw refuseStatement('too_many');
  });
  parser.write(xml).close();
  if (!isKnown) throw refuseStatement('unknown_format');
  return collect(found);
}

const at = (node: Node | undefined, ...names: string[]): Node | undefined =>
  names.reduce<Node | undefined>((from, name) => from?.children.find((child) => child.name === name), node);

const textAt = (node: Node | undefined, ...names: string[]): string | undefined => {
  const text = at(node, ...names)?.text.trim();
  return text === '' ? undefined : text;
};

function ibanOf(account: Node | undefined): string | null {
  const iban = plainIban(textAt(account, 'Id', 'IBAN') ?? '');
  return isIban(iban) ? iban : null;
}

/** A batch is one entry with several transactions. Each is an entry of ours, if the bank says how much each is. */
function entriesOf(entry: Node, iban: string | null): ParsedEntry[] {
  // From version 08 on the status is a code within. What is pending or only information may never be booked.
  const status = textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts') ?? 'BOOK';
  if (status !== 'BOOK') return [];
  const whole = oneOf(entry, entry, iban);
  const parts = entry.children
    .filter(({ name }) => name === 'NtryDtls')
    .flatMap(({ children }) => children.filter(({ name }) => name === 'TxDtls'));
  if (parts.length > mostStatementEntries) throw refuseStatement('too_many');
  const [first] = parts;
  if (!first) return [whole];
  if (parts.length === 1)
    return [{ ...oneOf(entry, first, iban), amountMinor: whole.amountMinor, currency: whole.currency }];
  const all = parts.map((part) => (amountAt(part) ? oneOf(entry, part, iban) : null));
  const each = all.flatMap((part) => part ?? []);
  const sum = each.reduce((total, { amountMinor }) => total + amountMinor, 0);
  const isWhole =
    each.length === parts.length &&
    sum === whole.amountMinor &&
    each.every(({ currency, kind }) => currency === whole.currency && kind === whole.kind);
  // Otherwise one entry with all texts: a person divides it.
  return isWhole ? each : [{ ...whole, remittance: tidyText(parts.map(remittanceOf).join(' ')) }];
}

/** The amount of a transaction: at its top from version 04 on, and within its details before. */
const amountAt = (part: Node): Node | undefined => at(part, 'Amt') ?? at(part, 'AmtDtls', 'TxAmt', 'Amt');

function oneOf(entry: Node, part: Node, iban: string | null): ParsedEntry {
  const amount = amountAt(part) ?? at(entry, 'Amt');
  const [, whole, decimals = ''] = /^\+?(\d{1,15})(?:\.(\d{1,5}))?$/.exec(amount?.text.trim() ?? '') ?? [];
  if (whole === undefined) throw refuseStatement('bad_amount');
  const currency = currencyOf(amount?.currency, null);
  const isCredit = (textAt(part, 'CdtDbtInd') ?? textAt(entry, 'CdtDbtInd')) === 'CRDT';
  const isReturn = ['true', '1'].includes(textAt(entry, 'RvslInd') ?? '') || at(part, 'RtrInf') !== undefined;
  const date = at(entry, 'BookgDt') ?? at(entry, 'ValDt');
  const [, year, month, day] =
    /^(\d{4})-(\d{2})-(\d{2})/.exec(textAt(date, 'Dt') ?? textAt(date, 'DtTm') ?? '') ?? [];
  if (!year || !month || !day) throw refuseStatement('bad_date');
  const parties = at(part, 'RltdPties');
  const side = isCredit ? 'Dbtr' : 'Cdtr';
  return {
    iban,
    bookedOn: dayOf(year, month, day, null),
    kind: isCredit ? 'credit' : isReturn ? 'returned' : 'debit',
    isReturn,
    amountMinor: minorOf(whole, decimals, currency, null),
    currency,
    payerName: tidyName(textAt(parties, side, 'Nm') ?? textAt(parties, side, 'Pty', 'Nm')),
    payerIban: ibanOf(at(parties, `${side}Acct`)),
    remittance: tidyText(remittanceOf(part) || textAt(entry, 'AddtlNtryInf') || ''),
    // Not `NtryRef`, which many banks count within one file.
    bankReference:
      referenceIn(textAt(part, 'Refs', 'AcctSvcrRef')) ?? referenceIn(textAt(entry, 'AcctSvcrRef')),
  };
}

/** Structured references first, then free text, then the reference that the payer's program gave. */
function remittanceOf(part: Node): string {
  const about = at(part, 'RmtInf')?.children ?? [];
  const structured = about.flatMap((child) =>
    child.name === 'Strd' ? [textAt(child, 'CdtrRefInf', 'Ref'), textAt(child, 'AddtlRmtInf')] : [],
  );
  const free = about.flatMap(({ name, text }) => (name === 'Ustrd' ? [text] : []));
  const endToEnd = referenceIn(textAt(part, 'Refs', 'EndToEndId'));
  return [...structured, ...free, endToEnd].flatMap((text) => text ?? []).join(' ');
}
