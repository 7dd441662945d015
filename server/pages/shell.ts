import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseEncoding } from '../http/encodings.ts';
import { type Head, renderHead } from './head.ts';

/** The web app's one page with the head of one address, ready to send. */
export interface Page {
  etag: string;
  plain: Buffer;
  gzip: Buffer;
  br: Buffer;
}

/** `screen` is what the page shows until the app takes its place: HTML. */
export type MakePage = (head: Head, screen?: string) => Page;

/** What the front page says there is to try: with `events` those of the demo too; null says nothing. */
export type Demo = 'events' | 'mailbox' | null;

const emptyRoot = '<div id="root"></div>';

/** The built index.html; its own title and description give way to those of the address. */
export async function readShell(file: URL, { demo }: { demo: Demo }): Promise<MakePage> {
  const html = (await readFile(file, 'utf8')).replace(/^ *<meta\s+name="description"[^>]*>\n?/m, '');
  const [before, after, ...more] = html.split(/<title>[^<]*<\/title>/);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error('index.html must have one title: that is where the head of each address goes');
  }
  // The front page then says what to try; to ask for the mailbox would log a 404 where there is none.
  const start = demo ? before.replace('<html', `<html data-demo="${demo}"`) : before;
  const [above, below, ...others] = after.split(emptyRoot);
  if (above === undefined || below === undefined || others.length > 0) {
    throw new Error(`index.html must have one ${emptyRoot}: that is where the app stands`);
  }
  return (head, screen = '') =>
    screen
      ? toPage(`${start}${renderHead(head)}${programLater(above)}<div id="root">${screen}</div>${below}`)
      : toPage(`${start}${renderHead(head)}${after}`);
}

/** Where there is something to see without the program, that comes first. */
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

/** Asked for anew each time, since the next build has other files in it; what has not changed costs nothing. */
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
