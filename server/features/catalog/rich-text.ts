import markdownIt, { type Token } from 'markdown-it';
import type { Block, RichText, Span } from '../../../contract/rich-text.ts';

/**
 * What of Markdown a description may use, by the names of the library's rules. The rest stays the text that it
 * is: HTML and pictures, because a description is a stranger's; code and rules under a line, because people
 * indent and draw lines. It nests no deeper than a person would, so that nothing takes long to read: 20,000
 * letters of the worst kind take milliseconds (rich-text.test.ts).
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
// Of bare words only whole addresses become links: "see you at no.ne" is none.
markdown.linkify.set({ fuzzyLink: false, fuzzyIP: false });

/** A description, which is plain text or Markdown, as blocks of spans. */
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
      // A list in a list becomes lines of the item that it stands in.
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

/** Neighbours of the same look as one. */
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

/** Addresses with a scheme that opens a page, a letter or a call; none that runs, and none of our own pages. */
const safe = (url: string): string | undefined =>
  /^(https?:\/\/|mailto:|tel:)/i.test(url) && URL.canParse(url) ? url : undefined;

/** The same without its formatting, a blank line between blocks: for previews, which take no other. */
export const toPlainText = (text: RichText): string =>
  text
    .map((block) => (block.kind === 'list' ? block.items.map(textOf).join('\n') : textOf(block.spans)))
    .join('\n\n');

const textOf = (spans: Span[]): string => spans.map((span) => span.text).join('');
