/* Statements as banks write them, made from the same entries. */

export interface Line {
  day: string;
  /** In minor units; below 0 for a debit. */
  minor: number;
  text: string;
  name?: string;
  iban?: string;
  ref?: string;
}

export const ownIban = 'DE89370400440532013000';
const payerIban = 'GB82WEST12345698765432';

const euros = (minor: number) => (Math.abs(minor) / 100).toFixed(2);
const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** CAMT.053; from version 08 on names of parties and codes of states are one level deeper. */
export function camt(lines: Line[], { version = '02', iban = ownIban, message = '053' } = {}): string {
  const isNew = Number(version) >= 8;
  const entry = ({ day, minor, text, name, iban: payer = payerIban, ref }: Line) => {
    const side = minor < 0 ? 'Cdtr' : 'Dbtr';
    const named = name ? (isNew ? `<Pty><Nm>${xml(name)}</Nm></Pty>` : `<Nm>${xml(name)}</Nm>`) : '';
    return `<Ntry><Amt Ccy="EUR">${euros(minor)}</Amt><CdtDbtInd>${minor < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>
      <Sts>${isNew ? '<Cd>BOOK</Cd>' : 'BOOK'}</Sts><BookgDt><Dt>${day}</Dt></BookgDt>${ref ? `<AcctSvcrRef>${ref}</AcctSvcrRef>` : ''}
      <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><${side}>${named}</${side}>
      <${side}Acct><Id><IBAN>${payer}</IBAN></Id></${side}Acct></RltdPties>
      <RmtInf><Ustrd>${xml(text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
  };
  const kinds: Record<string, [string, string]> = {
    '052': ['BkToCstmrAcctRpt', 'Rpt'],
    '053': ['BkToCstmrStmt', 'Stmt'],
    '054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
  };
  const [root, part] = kinds[message] as [string, string];
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${message}.001.${version}"><${root}><GrpHdr><MsgId>1</MsgId></GrpHdr>
<${part}><Id>1</Id><Acct><Id><IBAN>${iban}</IBAN></Id></Acct>${lines.map(entry).join('\n')}</${part}></${root}></Document>`;
}

/** MT940 with the subfields of German banks, whose pieces have 27 signs, and with the line ends of SWIFT. */
export function mt940(lines: Line[], account = '37040044/0532013000'): string {
  const entry = ({ day, minor, text, name = '', iban = payerIban, ref }: Line) => {
    const date = day.replaceAll('-', '').slice(2);
    const pieces = (`SVWZ+${text}`.match(/.{1,27}/g) ?? []).map((piece, i) => `?2${i}${piece}`);
    return [
      `:61:${date}${date.slice(2)}${minor < 0 ? 'D' : 'C'}R${euros(minor).replace('.', ',')}NTRFNONREF//${ref ?? 'NONREF'}`,
      `:86:166?00GUTSCHRIFT${pieces.join('\r\n')}`,
      `?30WESTGB22?31${iban}?32${name}`,
    ].join('\r\n');
  };
  return [
    ':20:STARTUMS',
    `:25:${account}`,
    ':28C:1/1',
    ':60F:C261101EUR1000,00',
    ...lines.map(entry),
    ':62F:C261102EUR2000,00',
    ':86:Ihr Kontostand',
    '-',
    '',
  ].join('\r\n');
}

/** CSV as spreadsheets in Germany write it, with lines about the account above the titles. */
export const csv = (lines: Line[]): string =>
  [
    'Konto;Girokonto DE89 3704 0044 0532 0130 00',
    '',
    'Buchungstag;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;Verwendungszweck;Betrag',
    ...lines.map(({ day, minor, text, name = '', iban = payerIban }) => {
      const amount = new Intl.NumberFormat('de-DE', { minimumFractionDigits: 2 }).format(minor / 100);
      return `${day.split('-').reverse().join('.')};"${name}";${iban};"${text.replaceAll('"', '""')}";${amount}`;
    }),
    '',
  ].join('\r\n');
