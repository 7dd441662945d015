/** A page of ListObjectsV2. */
interface Listing {
  keys: { key: string; changedAt: Date }[];
  /** With a delimiter: the prefixes of the folders, each with its last `/`. */
  folders: string[];
  /** Where the next page begins; null after the last one. */
  next: string | null;
}

/**
 * Reads the XML of a listing. Our keys have safe names only (keys.ts), so no key holds markup. The token of the next page may hold
 * entities, and is the only text that is decoded.
 */
export function readListing(xml: string): Listing {
  const keys = [...xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].map(([, entry = '']) => ({
    key: textOf(entry, 'Key') ?? '',
    changedAt: new Date(textOf(entry, 'LastModified') ?? Number.NaN),
  }));
  const folders = [...xml.matchAll(/<CommonPrefixes>([\s\S]*?)<\/CommonPrefixes>/g)].map(
    ([, entry = '']) => textOf(entry, 'Prefix') ?? '',
  );
  const next = textOf(xml, 'NextContinuationToken');
  return { keys, folders, next: next ? decodeEntities(next) : null };
}

const textOf = (xml: string, name: string): string | null => {
  const start = xml.indexOf(`<${name}>`);
  const end = xml.indexOf(`</${name}>`, start);
  return start < 0 || end < 0 ? null : xml.slice(start + name.length + 2, end);
};

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decodeEntities = (text: string): string =>
  text.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? whole;
    return String.fromCodePoint(
      /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)),
    );
  });
