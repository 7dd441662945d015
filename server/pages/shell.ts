import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseEncoding } from '../http/encodings.ts';
import { type Head, renderHead } from './head.ts';
import { withoutProgram } from './without-program.ts';

/** The web app's one HTML page with the head of one address, ready to send. */
export interface Page {
  etag: string;
  plain: Buffer;
  gzip: Buffer;
  br: Buffer;
}

/** `screen` is the HTML that the page shows until the app has loaded. */
export type MakePage = (head: Head, screen?: string) => Page;

/** What the front page offers to try: with `events` also the demo's events; null for nothing. */
export type Demo = 'events' | 'mailbox' | null;

const emptyRoot = '<div id="root"></div>';

/** Reads the built index.html. Each address's title and description replace the file's own. */
export const readShell = async (file: URL, options: { demo: Demo }): Promise<MakePage> =>
  shellOf(await readFile(file, 'utf8'), options);

export function shellOf(built: string, { demo }: { demo: Demo }): MakePage {
  const html = built.replace(/^ *<meta\s+name="description"[^>]*>\n?/m, '');
  const [before, after, ...more] = html.split(/<title>[^<]*<\/title>/);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error('index.html must have one title: that is where the head of each address goes');
  }
  // Tells the front page what to offer. Without it, the page would have to ask for the mailbox and log a 404.
  const start = demo ? before.replace('<html', `<html data-demo="${demo}"`) : before;
  const [above, below, ...others] = after.split(emptyRoot);
  if (above === undefined || below === undefined || others.length > 0) {
    throw new Error(`index.html must have one ${emptyRoot}: that is where the app stands`);
  }
  return (head, screen = '') => {
    const program = screen ? programLater(above) : above;
    const root = `<div id="root">${screen}</div>${withoutProgram(head.content ?? '')}`;
    return toPage(`${start}${renderHead(head)}${program}${root}${below}`);
  };
}

/** The links of the built index.html that pages without the program need too: the stylesheet and the icons. */
export async function readLinks(file: URL): Promise<string> {
  const html = await readFile(file, 'utf8');
  return (html.match(/<link\b[^>]*>/g) ?? [])
    .filter((link) => /rel="(?:stylesheet|icon|apple-touch-icon)"/.test(link))
    .join('');
}

/** Moves the program behind the content if the page shows something without the program. */
const programLater = (head: string): string =>
  head.replaceAll(/<(?:script type="module"|link rel="modulepreload")/g, '$& fetchpriority="low"');

function toPage(html: string): Page {
  const plain = Buffer.from(html);
  return {
    etag: `"${hash('sha256', plain, 'base64url').slice(0, 22)}"`,
    plain,
    gzip: gzipSync(plain),
    br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  };
}

/** Clients revalidate the page each time, because the next build has other files. An unchanged page costs nothing. */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page,
  status = 200,
): FastifyReply {
  reply
    .code(status)
    .header('cache-control', 'no-cache')
    .header('vary', 'accept-encoding')
    .header('etag', page.etag)
    .type('text/html; charset=utf-8');
  if (status === 200 && request.headers['if-none-match'] === page.etag) return reply.code(304).send();
  const encoding = chooseEncoding(request.headers['accept-encoding']);
  if (!encoding) return reply.send(page.plain);
  return reply.header('content-encoding', encoding).send(page[encoding]);
}
