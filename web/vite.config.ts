import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { apiRoot, livePath } from '../contract/addresses.ts';
import { compileWords } from './compile-words.ts';
import { firstFiles } from './first-files.ts';
import { sampleTicket } from './gallery/sample-ticket.ts';
import { licenses } from './licenses.ts';
import { serviceWorker } from './offline.ts';
import { smallPreload } from './small-preload.ts';
import { reactAsModules } from './small-react.ts';

const server = process.env.API_URL ?? 'http://localhost:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    reactAsModules(),
    smallPreload(),
    compileWords(),
    react(),
    tailwind(),
    preloadFont(),
    firstFiles(),
    sampleTicket(),
    licenses(),
    serviceWorker(),
    precompress(),
    markComplete(),
  ],
  // React has the hook itself, and the shim is for a React before 18.
  resolve: { alias: [{ find: /^use-sync-external-store\/shim(\/index\.js)?$/, replacement: 'react' }] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    reportCompressedSize: false,
    // A strict content security policy knows no data: scripts and few data: images.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // What every page has fetched already needs not be named by each that is still to come.
      resolveDependencies: (_file, names, { hostType }) =>
        hostType === 'html'
          ? names
          : names.filter((name) => !/\/(vendor|index|shared|rolldown-runtime)-/.test(name)),
    },
    rolldownOptions: {
      // Reading a property of React, or of a constant, has no effect. Without this, unused exports of React stay.
      treeshake: { propertyReadSideEffects: false },
      // Which plugin takes how long is no news to who starts Admit.
      checks: { bundlerTimings: false },
      // Each page carries the endpoints that it uses (client/endpoints.generated.ts), and the event page no others: 0.9 KB.
      optimization: { inlineConst: { mode: 'all', pass: 1 } },
      output: {
        // Few files: thirty small ones cost more in headers and in lost compression than they save.
        codeSplitting: {
          groups: [
            {
              name: 'vendor',
              // Without what only pages with forms use, before a changed form is left.
              test: /es-module:|node_modules\/(react|react-dom|scheduler|@tanstack|use-sync-external-store)\/(?!.*useBlocker)/,
              priority: 2,
            },
            {
              // The entry is a part of it, because a file of its own would cost 0.8 KB. So main.tsx has no `await` at its top level.
              name: 'shared',
              test: /contract\/(own-address|place)\.ts|web\/index\.html|web\/src\/(main\.|routes\.|page\.|styles|ui\/(?!Field|Dialog|Countdown|MailFrame|Subpage|Guarded)|features\/invitation\/secret\.ts|api\/|paths\.ts|features\/shell\/[A-Z]|features\/((?!account|organise|designer|desk|log|messages|mailbox|door|invitation|figures|exchange|queue|admin|bank|blocks|complimentary|codes|payouts|schedules|covers|editor|extras|suggestions|series|online|repeat|integrations|passes|branding|moderation|reports|imports|gift)\w+\/words|\w+\/(categories|search(?!-)|availability|ExploreSkeleton)|explore\/viewed|waitlist\/queries|buy\/(queries|held|[pP]olicy|sale|use-place-hold|use-own-hold))\.tsx?)/,
              priority: 1,
            },
            {
              name: 'entrance',
              test: /web\/src\/features\/account\/(AuthCard|enter|passkey)\./,
            },
            {
              name: 'lists',
              test: /web\/src\/features\/explore\/(Event[A-Z]|Price\.|reopened)/,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      [apiRoot.slice(0, -1)]: { target: server, changeOrigin: false },
      [livePath.slice(0, -1)]: { target: server, ws: true },
    },
  },
});

/** The text font is asked for with the page, not only once the stylesheet has been read. */
function preloadFont(): Plugin {
  return {
    name: 'preload-font',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((name) => /grotesk-latin-wght-normal.*\.woff2$/.test(name))
          .map((name) => ({
            tag: 'link',
            injectTo: 'head-prepend' as const,
            attrs: {
              rel: 'preload',
              as: 'font',
              type: 'font/woff2',
              crossorigin: '',
              href: `/${name}`,
              // Text can be read without it, and nothing else can be done without the program.
              fetchpriority: 'low',
            },
          })),
    },
  };
}

/** From here on, in bytes, the best compression takes seconds for a few per cent: 6 s for the decoder of the scanner. */
const largeBytes = 500_000;

/** Writes `.br` and `.gz` beside every text asset, at settings too slow for a running server. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    async writeBundle({ dir = 'dist' }, bundle) {
      // What lies in public/ is copied and no part of the bundle.
      const copied = await readdir(join(import.meta.dirname, 'public'));
      const names = [...Object.keys(bundle), ...copied].filter((name) =>
        /\.(js|css|html|svg|txt|wasm)$/.test(name),
      );
      await Promise.all(
        names.map(async (name) => {
          const file = join(dir, name);
          const text = await readFile(file);
          const quality = text.length > largeBytes ? 9 : 11;
          const [br, gz] = await Promise.all([
            promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
            promisify(gzip)(text, { level: 9 }),
          ]);
          await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
        }),
      );
    },
  };
}

/** Written last: what lacks it was interrupted, and `npm start` builds it again. */
function markComplete(): Plugin {
  return {
    name: 'mark-complete',
    apply: 'build',
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: () => writeFile(join(import.meta.dirname, 'dist/.complete'), ''),
    },
  };
}
