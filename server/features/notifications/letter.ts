import { type Language, languages } from '../../../contract/languages.ts';
import type { PassWallet } from '../../../contract/wallet-passes.ts';
import { isolated } from '../../../contract/words.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { letterWords } from './words.ts';

/** A mail's content, written once and rendered twice: as HTML and as plain text. */
export interface Letter {
  language: Language;
  subject: string;
  /** The text that a list of mails shows after the subject. */
  preview: string;
  heading: string;
  blocks: Block[];
  /** Why this mail was sent. */
  footer: string;
}

export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'button'; label: string; url: string }
  /** The page that adds the tickets to wallets of phones. Each label is a button that leads there. */
  | { kind: 'wallets'; labels: string[]; url: string }
  /** Labels with values. Values that are not our own words keep their own direction (`isolated`). */
  | { kind: 'facts'; facts: { label: string; value: string }[] }
  /** Rows with a detail below each. */
  | { kind: 'list'; rows: { title: string; detail: string }[] };

export const facts = (pairs: (readonly [string, string])[]): Block => ({
  kind: 'facts',
  facts: pairs.map(([label, value]) => ({ label, value })),
});

/** Buttons that add the tickets to wallets; none if the codes of the event turn, because a pass is a copy that does not. */
export function walletButtons(
  wallets: PassWallet[],
  { ticketCodes }: Pick<EventSale, 'ticketCodes'>,
  language: Language,
  url: string,
): Block[] {
  if (wallets.length === 0 || ticketCodes !== 'fixed') return [];
  const t = letterWords(language);
  return [{ kind: 'wallets', labels: wallets.map((wallet) => t(walletTexts[wallet])), url }];
}
const walletTexts = { apple: 'toApple', google: 'toGoogle' } as const satisfies Record<PassWallet, string>;

/** How a holder of a valid ticket attends online; nothing for an event that is only at its place. */
export function joinBlocks({ online }: Pick<EventSale, 'online'>, language: Language): Block[] {
  if (!online) return [];
  const t = letterWords(language);
  const said: (readonly [string, string])[] = [
    [t('joinOnline'), online.url === null ? t('joinLater') : isolated(online.url, language)],
    ...(online.note ? [[t('joinNote'), isolated(online.note, language)] as const] : []),
  ];
  const button: Block[] =
    online.url === null ? [] : [{ kind: 'button', label: t('joinNow'), url: online.url }];
  return [facts(said), ...button];
}

/** A letter's first line. */
export function greeting(language: Language, name: string): Block {
  const t = letterWords(language);
  return { kind: 'text', text: name ? t('greeting', { name }) : t('greetingNobody') };
}

export const letterText = ({ heading, blocks, footer }: Letter): string =>
  [heading, ...blocks.map(blockText), `-- \n${footer}`].join('\n\n').concat('\n');

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'button':
      return `${block.label}:\n${block.url}`;
    case 'wallets':
      return `${block.labels.join(' · ')}:\n${block.url}`;
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
    case 'list':
      return block.rows.map(({ title, detail }) => `- ${title}${detail && `\n  ${detail}`}`).join('\n');
  }
}

const font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

// Light colours are inline, because some readers drop <style>. Readers that show dark mails use this <style>.
const darkStyle = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.page{background:#121210!important}.card{background:#1b1b18!important;border-color:#33322d!important}
.ink{color:#f4f2ec!important}.muted{color:#b0ada3!important}.row{border-color:#33322d!important}
.button{background:#aab4ff!important;color:#10143f!important}.soft{background:#1f1f1b!important}}
@media (max-width:480px){.card{padding:24px 20px 8px!important}}`.replaceAll('\n', '');

export function letterHtml(letter: Letter): string {
  const { language } = letter;
  const { direction } = languages[language];
  // `start` would put text of the other direction on the opposite side, so the side is explicit.
  const side = direction === 'rtl' ? 'right' : 'left';
  return [
    `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeHtml(letter.subject)}</title><style>${darkStyle}</style></head>`,
    `<body class="page" style="margin:0;padding:24px 12px;background:#f5f4f0;${font}">`,
    // The preview for lists of mails, hidden in the mail itself. The spaces keep the text below out of the preview.
    `<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(letter.preview)}${'&#847;&zwnj;&nbsp;'.repeat(60)}</div>`,
    // Language and direction again, because some readers remove <html> and <body>.
    `<div role="article" lang="${language}" dir="${direction}" style="max-width:560px;margin:0 auto;text-align:${side}">`,
    '<p class="ink" style="margin:0 4px 12px;font-size:18px;font-weight:700;letter-spacing:-0.02em;color:#171612">Admit</p>',
    '<div class="card" style="background:#ffffff;border:1px solid #e3e1da;border-radius:16px;padding:32px 32px 14px">',
    `<h1 class="ink" dir="auto" style="margin:0 0 16px;font-size:24px;line-height:1.25;color:#171612;overflow-wrap:anywhere;word-break:break-word">${escapeHtml(letter.heading)}</h1>`,
    ...letter.blocks.map((block) => blockHtml(block, language)),
    '</div>',
    `<p class="muted" style="margin:16px 4px 0;font-size:13px;line-height:1.5;color:#5d5a52">${escapeHtml(letter.footer)}</p>`,
    '</div></body></html>',
  ].join('');
}

function blockHtml(block: Block, language: Language): string {
  switch (block.kind) {
    case 'text':
      return `<p class="ink" style="margin:0 0 16px;font-size:16px;line-height:1.55;color:#171612;overflow-wrap:anywhere;word-break:break-word">${escapeHtml(block.text).replaceAll('\n', '<br>')}</p>`;
    case 'button':
      return buttonHtml(block.label, block.url, language);
    case 'wallets':
      return `<p style="margin:0 0 16px">${block.labels.map((label) => walletHtml(label, block.url)).join(' ')}</p>`;
    case 'facts':
      return `<div class="soft" style="margin:0 0 20px;padding:16px 18px 4px;border-radius:12px;background:#f5f4f0">${block.facts.map(factHtml).join('')}</div>`;
    case 'list':
      return `<div style="margin:0 0 24px">${block.rows.map(rowHtml).join('')}</div>`;
  }
}

const buttonHtml = (label: string, url: string, language: Language): string =>
  [
    `<p style="margin:8px 0 12px"><a class="button" href="${escapeHtml(url)}" style="display:inline-block;padding:13px 22px;border-radius:12px;background:#2b3bdc;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none">${escapeHtml(label)}</a></p>`,
    `<p class="muted" style="margin:0 0 16px;font-size:12px;line-height:1.5;color:#5d5a52;overflow-wrap:anywhere;word-break:break-word">${escapeHtml(letterWords(language)('orOpen'))} <span dir="ltr">${escapeHtml(url)}</span></p>`,
  ].join('');

/** Like the buttons of the web app (PassButton.tsx): the prescribed words, black, without a logo, and with clear space. */
const walletHtml = (label: string, url: string): string =>
  `<a href="${escapeHtml(url)}" style="display:inline-block;margin:6px 0;padding:13px 22px;border:1px solid #a6a6a6;border-radius:24px;background:#000000;color:#ffffff;font-size:16px;line-height:20px;font-weight:600;text-decoration:none">${escapeHtml(label)}</a>`;

const factHtml = ({ label, value }: { label: string; value: string }): string =>
  `<p style="margin:0 0 12px;line-height:1.4"><span class="muted" style="display:block;font-size:12px;color:#5d5a52">${escapeHtml(label)}</span><span class="ink" style="display:block;font-size:16px;font-weight:600;color:#171612;overflow-wrap:anywhere;word-break:break-word">${escapeHtml(value)}</span></p>`;

const rowHtml = ({ title, detail }: { title: string; detail: string }): string =>
  `<p class="row" style="margin:0;padding:12px 0;border-bottom:1px solid #e3e1da;line-height:1.45"><span class="ink" style="display:block;font-size:16px;font-weight:600;color:#171612;overflow-wrap:anywhere;word-break:break-word">${escapeHtml(title)}</span><span class="muted" style="display:block;font-size:14px;color:#5d5a52;overflow-wrap:anywhere;word-break:break-word">${escapeHtml(detail)}</span></p>`;

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
