import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Plugin, type Rolldown, transformWithOxc } from 'vite';
import { apiRoot } from '../contract/addresses.ts';
import { getTicketQr } from '../contract/tickets.ts';

/** The page that every address of the app can be shown with; the wallet's own, because it says nothing else. */
const page = '/orders';
const asTheyAre = ['/first-paint.js', '/favicon.svg'];
/** What flight mode needs beside the shell: the wallet's pages with their texts, and what can be said without a connection. */
const needed =
  /\/src\/features\/(wallet\/|transfer\/(TicketPage|queries)\.|(shell|problems|promo|transfer|waitlist|documents|forms|push)\/[a-z]{2}\.ts$)/;

/** The same for a gate: the scanner's page with its texts, and what it loads on the way. */
const neededAtDoor =
  /\/src\/(later-pages|features\/(door\/|organise\/queries)|features\/problems\/[a-z]{2})|\/node_modules\/(zxing-wasm|@noble)\//;

type Bundle = Rolldown.OutputBundle;

/** Writes `sw.js`: the worker (src/offline/worker.ts) with the names of the files that it keeps. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const source = readFileSync(new URL('./src/offline/worker.ts', import.meta.url), 'utf8');
        const files = [page, ...asTheyAre, ...keptFiles(bundle, needed)];
        const doorFiles = keptFiles(bundle, neededAtDoor).filter((file) => !files.includes(file));
        // The page itself has no hash of its own, but it names the entry's and the styles'.
        const release = createHash('sha256')
          .update(JSON.stringify([source, files, doorFiles]))
          .digest('hex')
          .slice(0, 16);
        const constants = [
          `const release = '${release}';`,
          `const files = ${JSON.stringify(files)};`,
          `const doorFiles = ${JSON.stringify(doorFiles)};`,
          `const apiRoot = '${apiRoot}';`,
          `const qrCode = ${matching(getTicketQr.path)};\n`,
        ].join('\n');
        this.emitFile({
          type: 'asset',
          fileName: 'sw.js',
          source: constants + (await transformWithOxc(source, 'worker.ts')).code,
        });
      },
    },
  };
}

/** Matches every address of an operation. */
const matching = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);

/** The addresses of the entry, of what is needed in flight mode, and of all that these import. */
function keptFiles(bundle: Bundle, needed: RegExp): string[] {
  const kept = new Set<string>();
  const keep = (fileName: string) => {
    const chunk = bundle[fileName];
    if (kept.has(fileName) || chunk?.type !== 'chunk') return;
    kept.add(fileName);
    chunk.imports.forEach(keep);
  };
  for (const [fileName, chunk] of Object.entries(bundle)) {
    const isForm = /\.css$|latin-wght-normal.*\.woff2$/.test(fileName);
    const isDecoder = needed === neededAtDoor && fileName.endsWith('.wasm');
    if (chunk.type === 'asset' && (isForm || isDecoder)) kept.add(fileName);
    if (chunk.type === 'chunk' && (chunk.isEntry || chunk.moduleIds.some((id) => needed.test(id))))
      keep(fileName);
  }
  return [...kept].sort().map((fileName) => `/${fileName}`);
}
