import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const root = join(import.meta.dirname, '..');

/** The file, at the root of what is served. */
const licensesFile = 'licenses.txt';

interface Work {
  name: string;
  version: string;
  license: string;
  texts: string[];
}

/**
 * Writes the licences of all that the built app contains: packages whose code or fonts are in the bundle, the styles
 * they bring, and the fonts that tickets are printed with. The build fails where a licence's text is not to be found.
 */
export function licenses(): Plugin {
  return {
    name: 'licenses',
    apply: 'build',
    generateBundle(_options, bundle) {
      const folders = new Set([...printedFonts(), join(root, 'node_modules/tailwindcss')]);
      for (const file of Object.values(bundle)) {
        const sources =
          file.type === 'chunk'
            ? file.moduleIds
            : file.originalFileNames.map((name) => join(import.meta.dirname, name));
        for (const source of sources) {
          const folder = packageFolder(source);
          if (folder) folders.add(folder);
        }
      }
      const works = [...folders].map(readWork).toSorted((a, b) => (a.name < b.name ? -1 : 1));
      this.emitFile({
        type: 'asset',
        fileName: licensesFile,
        source: works.map(toText).join(`\n\n${'='.repeat(80)}\n\n`),
      });
    },
  };
}

/** The fonts of the printed ticket are dependencies of the program, and their letters are in each PDF. */
function printedFonts(): string[] {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return Object.keys(dependencies)
    .filter((name) => name.startsWith('@expo-google-fonts/'))
    .map((name) => join(root, 'node_modules', name));
}

/** The folder of the package that a file belongs to; null for the app's own files. */
function packageFolder(file: string): string | null {
  const path = file.replace(/^\0/, '').replace(/\?.*$/, '');
  if (!path.includes('/node_modules/')) return null;
  for (let folder = dirname(path); !folder.endsWith('/node_modules'); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version) return folder;
  }
  return null;
}

/** What a package contains and has no licence text of its own for. Both are under the licence that Admit is under. */
const contained: Record<string, string> = {
  '@expo-google-fonts/kosugi':
    'Kosugi. Copyright (C) 2010 MOTOYA CO.,LTD. Licensed under the Apache License, Version 2.0.',
  'zxing-wasm':
    'zxing-cpp, compiled to WebAssembly. Copyright ZXing authors. Licensed under the Apache License, Version 2.0.',
};

function readWork(folder: string): Work {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Omit<
    Work,
    'texts'
  >;
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice|ofl)/i.test(file))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const notice = contained[name];
  if (notice) texts.push(`${notice}\n\n${readFileSync(join(root, 'LICENSE'), 'utf8').trim()}`);
  if (texts.length === 0) {
    throw new Error(
      `${name} is part of the app, and its package has no licence text: add it in web/licenses.ts`,
    );
  }
  return { name, version, license: notice ? `${license}, Apache-2.0` : license, texts };
}

const toText = ({ name, version, license, texts }: Work): string =>
  `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
