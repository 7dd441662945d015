import { type Language, languages } from '../../../contract/languages.ts';
import { escapeHtml } from '../head.ts';

/** A piece of a page. Only `html` makes one, so that no text gets into a page unescaped. */
export interface Html {
  readonly markup: string;
}

type Value = Html | string | number | null | undefined | false | readonly Value[];

/** HTML in which every value is escaped, unless it is HTML itself. Null, undefined and false are nothing. */
export const html = (parts: TemplateStringsArray, ...values: Value[]): Html => ({
  markup: parts.map((part, i) => part + show(values[i])).join(''),
});

function show(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(show).join('');
  if (typeof value === 'object') return (value as Html).markup;
  return escapeHtml(String(value));
}

/* The looks of web/src/ui/ as classes. The stylesheet has them, because web/src/styles.css names this file as a source. */
const box =
  'w-full rounded-field border border-line-strong/60 bg-raised px-4 min-h-12 text-base text-ink aria-[invalid]:border-bad';
const buttons = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong min-h-14 px-7 text-lg',
  quiet: 'border border-line bg-raised text-ink hover:border-line-strong hover:bg-sunken min-h-12 px-5',
};
const buttonClass = (look: keyof typeof buttons) =>
  `inline-flex items-center justify-center rounded-full font-semibold text-center mt-4 ${buttons[look]}`;

export const button = (text: string, look: keyof typeof buttons = 'primary', value?: string): Html =>
  html`<button class="${buttonClass(look)}"${value !== undefined && html` name="action" value="${value}"`}>${text}</button>`;

export const buttonLink = (text: string, href: string, look: keyof typeof buttons = 'primary'): Html =>
  html`<a class="${buttonClass(look)}" href="${href}">${text}</a>`;

const tones = { bad: 'bg-bad-soft text-bad', warn: 'bg-warn-soft text-warn', good: 'bg-good-soft text-good' };

export const notice = (tone: keyof typeof tones, ...paragraphs: Value[]): Html =>
  html`<div${tone === 'bad' && html` role="alert"`} class="mt-4 rounded-field px-4 py-3 ${tones[tone]}">${paragraphs
    .filter(Boolean)
    .map((each) => html`<div>${each}</div>`)}</div>`;

interface Field {
  name: string;
  label: string | Html;
  value?: string | number;
  hint?: string;
  /** What is wrong with the value. */
  error?: string | undefined;
  /** Other attributes of the input, such as `type="email"`. */
  more?: Html;
}

export function field({ name, label, value = '', hint, error, more }: Field): Html {
  const note = error ?? hint;
  return html`<div class="mt-4"><label for="${name}" class="mb-1.5 block text-sm font-semibold">${label}</label>
<input id="${name}" name="${name}" value="${value}" class="${box}"${error !== undefined && html` aria-invalid="true"`}${note !== undefined && html` aria-describedby="${name}-note"`} ${more}>
${note !== undefined && html`<p id="${name}-note" class="mt-1.5 text-sm ${error === undefined ? 'text-muted' : 'text-bad font-medium'}">${note}</p>`}</div>`;
}

/** A select. The first option is chosen unless another one's value is `value`. */
export const select = (
  { name, label, value }: Pick<Field, 'name' | 'label' | 'value'>,
  options: { value: string; text: string }[],
): Html =>
  html`<div class="mt-4"><label for="${name}" class="mb-1.5 block text-sm font-semibold">${label}</label>
<select id="${name}" name="${name}" class="${box}">${options.map(
    (option) =>
      html`<option value="${option.value}"${option.value === value && html` selected`}>${option.text}</option>`,
  )}</select></div>`;

export const hidden = (fields: Record<string, string>): Html[] =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);

export const form = (action: string, ...content: Value[]): Html =>
  html`<form method="post" action="${action}">${content}</form>`;

/** Two columns of a list: what, and how much. */
export const row = (what: Value, amount: Value): Html =>
  html`<li class="flex flex-wrap justify-between gap-x-4 py-3"><span class="min-w-0">${what}</span><bdi class="whitespace-nowrap">${amount}</bdi></li>`;

export const list = (...rows: Value[]): Html => html`<ul class="divide-y divide-line">${rows}</ul>`;

/**
 * A whole page. `head` has the stylesheet and the icons of the built app. A page with a refusal says so in its title, because
 * a screen reader reads the title first.
 */
export const wholePage = (
  head: string,
  language: Language,
  { title, content, refusal }: { title: string; content: Html; refusal?: string | undefined },
): string =>
  `<!doctype html>
${
  html`<html lang="${language}" dir="${languages[language].direction}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
<title>${refusal !== undefined && `${refusal} – `}${title} · Admit</title>${{ markup: head }}</head>
<body><header class="border-b border-line"><div class="page flex min-h-16 items-center"><a class="font-extrabold" href="/">Admit</a></div></header>
<main class="page max-w-xl py-8">${content}</main></body></html>`.markup
}`;
