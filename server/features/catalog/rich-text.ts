import markdownIt, { type Token } from 'markdown-it';
import type { Block, RichText, Span } from '../../../contract/rich-text.ts';

/**
 * The parts of Markdown that a description may use, by the library's rule names. Everything else stays plain text:
 * HTML and pictures, because strangers write descriptions; code and underlines, because people indent and draw lines.
 * The nesting is limited, so that parsing is fast: 20,000 letters of the worst kind take milliseconds
 * (rich-text.test.ts).
 */
const markdown = markdownIt('zero', { linkify: true, maxNesting: 10 }).enable([
  'heading',
  'list',
  'blockquote',
  'emphasis',
  'link',
  'autolink',
  'linkify',
  'newline',
  'escape',
  'entity',
  'balance_pairs',
  'fragments_join',
]);
// Only whole addresses become links, not bare words: "see you at no.ne" has none.
markdown.linkify.set({ fuzzyLink: false, fuzzyIP: false });

/** Converts a description, which is plain text or Markdown, to blocks of spans. */
export function toRichText(description: string): RichText {
  const blocks: Block[] = [];
  const lists: { kind: 'list'; ordered: boolean; items: Span[][] }[] = [];
  let around: 'paragraph' | 'heading' | 'quote' = 'paragraph';
  for (const { type, children } of markdown.parse(description, {})) {
    if (type === 'blockquote_open') around = 'quote';
    else if (type === 'heading_open') around = 'heading';
    else if (type === 'blockquote_close' || type === 'heading_close') around = 'paragraph';
    else if (type === 'bullet_list_open' || type === 'ordered_list_open') {
      lists.push({ kind: 'list', ordered: type === 'ordered_list_open', items: [] });
    } else if (type === 'bullet_list_close' || type === 'ordered_list_close') {
      const list = lists.pop();
      if (lists.length === 0 && list && list.items.length > 0) blocks.push(list);
    } else if (type === 'list_item_open' && lists.length === 1) lists[0]?.items.push([]);
    else if (type === 'inline') {
      const spans = spansOf(children ?? []);
      const item = lists[0]?.items.at(-1);
      // A nested list becomes lines of its outer item.
      if (item) item.push(...(item.length > 0 ? [{ text: '\n' }] : []), ...spans);
      else if (spans.length > 0) blocks.push({ kind: around, spans });
    }
  }
  return blocks;
}

function spansOf(tokens: Token[]): Span[] {
  const spans: Span[] = [];
  let strong = 0;
  let emphasis = 0;
  let href: string | undefined;
  const add = (text: string) => {
    if (text === '') return;
    spans.push({
      text,
      ...(strong > 0 && { strong: true }),
      ...(emphasis > 0 && { emphasis: true }),
      ...(href !== undefined && { href }),
    });
  };
  for (const token of tokens) {
    if (token.type === 'strong_open') strong++;
    else if (token.type === 'strong_close') strong--;
    else if (token.type === 'em_open') emphasis++;
    else if (token.type === 'em_close') emphasis--;
    else if (token.type === 'link_open') href = safe(String(token.attrGet('href') ?? ''));
    else if (token.type === 'link_close') href = undefined;
    else if (token.type === 'softbreak' || token.type === 'hardbreak') add('\n');
    else add(token.content);
  }
  return merged(spans);
}

/** Merges neighbours with the same style. */
function merged(spans: Span[]): Span[] {
  const all: Span[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    const same =
      last && last.strong === span.strong && last.emphasis === span.emphasis && last.href === span.href;
    if (same) last.text += span.text;
    else all.push({ ...span });
  }
  return all;
}

/** Accepts only links that open a page, a mail or a call: no scripts, and no paths on our own site. */
const safe = (url: string): string | undefined =>
  /^(https?:\/\/|mailto:|tel:)/i.test(url) && URL.canParse(url) ? url : undefined;

/** The same text without formatting, with a blank line between blocks: for previews, which show plain text. */
export const toPlainText = (text: RichText): string =>
  text
    .map((block) => (block.kind === 'list' ? block.items.map(textOf).join('\n') : textOf(block.spans)))
    .join('\n\n');

const textOf = (spans: Span[]): string => spans.map((span) => span.text).join('');
