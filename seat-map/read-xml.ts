/**
 * Reads the elements of an XML text, without a DOM, so that a file from a stranger runs nothing and fetches nothing. It knows no
 * document types and no entities but the five of XML and numbers. Null if the text is no XML that it reads. Work grows with the
 * length of the text only.
 */
export interface XmlElement {
  name: string;
  attributes: Map<string, string>;
  children: XmlElement[];
  /** The text directly in the element. */
  text: string;
}

const mostElements = 400_000;
const mostDepth = 100;

export function readXml(source: string): XmlElement | null {
  const root: XmlElement = { name: '', attributes: new Map(), children: [], text: '' };
  const open: XmlElement[] = [root];
  let count = 0;
  let at = 0;
  while (at < source.length) {
    const next = source.indexOf('<', at);
    const top = open.at(-1) as XmlElement;
    const text = source.slice(at, next < 0 ? source.length : next);
    if (text.trim() && top.text.length < 500) top.text += plainText(text.slice(0, 500));
    if (next < 0) break;
    if (source.startsWith('<!--', next)) {
      const end = source.indexOf('-->', next + 4);
      if (end < 0) return null;
      at = end + 3;
    } else if (source.startsWith('<![CDATA[', next)) {
      const end = source.indexOf(']]>', next);
      if (end < 0) return null;
      at = end + 3;
    } else if (source.startsWith('<?', next)) {
      const end = source.indexOf('?>', next);
      if (end < 0) return null;
      at = end + 2;
    } else if (source.startsWith('<!', next)) {
      // A document type may define entities that grow to gigabytes or name files of ours. No drawing needs one; the plain ones
      // without a subset are left out.
      const end = source.indexOf('>', next);
      if (end < 0 || source.slice(next, end).includes('[')) return null;
      at = end + 1;
    } else {
      const end = endOfTag(source, next);
      if (end < 0) return null;
      const tag = source.slice(next + 1, end);
      at = end + 1;
      if (tag.startsWith('/')) {
        if (open.length < 2 || tag.slice(1).trim() !== top.name) return null;
        open.pop();
        continue;
      }
      const isEmpty = tag.endsWith('/');
      const element = readTag(isEmpty ? tag.slice(0, -1) : tag);
      if (!element || ++count > mostElements || open.length > mostDepth) return null;
      top.children.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  const [first] = root.children;
  return open.length === 1 && first && root.children.length === 1 ? first : null;
}

/** A `>` may stand in a value, between quotes. */
function endOfTag(source: string, start: number): number {
  let quote = '';
  for (let at = start + 1; at < source.length; at++) {
    const each = source[at] as string;
    if (quote) {
      if (each === quote) quote = '';
    } else if (each === '"' || each === "'") quote = each;
    else if (each === '>') return at;
    else if (each === '<') return -1;
  }
  return -1;
}

const namePattern = /^[A-Za-z_][\w:.-]{0,60}/;
const attributePattern = /\s+([A-Za-z_][\w:.-]{0,60})\s*=\s*(?:"([^"]*)"|'([^']*)')/y;

function readTag(tag: string): XmlElement | null {
  const name = namePattern.exec(tag)?.[0];
  if (!name) return null;
  const attributes = new Map<string, string>();
  attributePattern.lastIndex = name.length;
  for (let found = attributePattern.exec(tag); found; found = attributePattern.exec(tag)) {
    const [, key = '', double, single] = found;
    attributes.set(key, plainText(double ?? single ?? ''));
  }
  return { name, attributes, children: [], text: '' };
}

const plain: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plainText = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/gi, (whole, name: string) => {
        if (!name.startsWith('#')) return plain[name.toLowerCase()] ?? whole;
        const isHex = name[1] === 'x' || name[1] === 'X';
        const code = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10);
        return code <= 0x10ffff && code >= 32 ? String.fromCodePoint(code) : ' ';
      })
    : text;
