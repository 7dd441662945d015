import { dirname } from 'node:path';
import compile from 'icu-minify/compile';
import { type IndexHtmlTransformContext, type Plugin, transformWithOxc } from 'vite';
import { languages } from '../contract/languages.ts';

type Catalogue = Record<string, string>;
const catalogue = /\/features\/([\w-]+)\/([a-z]{2})\.ts$/;

/**
 * Parses the messages of a catalogue (`features/<feature>/<language>.ts`) while the app is built, so that no
 * parser travels to the browser. What a language lacks is said in English.
 */
export function compileWords(): Plugin {
  return {
    name: 'compile-words',
    transform: {
      filter: { id: catalogue },
      async handler(source, id) {
        const english = `${dirname(id)}/en.ts`;
        this.addWatchFile(english);
        const messages = {
          ...(await read(await this.fs.readFile(english, { encoding: 'utf8' }))),
          ...(await read(source)),
        };
        const compiled = Object.entries(messages).map(([key, message]) => [key, compile(message)]);
        return { code: `export default ${JSON.stringify(Object.fromEntries(compiled))}`, map: null };
      },
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) =>
        html.replace(
          'data-languages="{}"',
          `data-languages='${JSON.stringify(describeLanguages(bundle ?? {}))}'`,
        ),
    },
  };
}

/** A catalogue imports nothing but types, so that its text alone is a module. */
async function read(source: string): Promise<Catalogue> {
  const { code } = await transformWithOxc(source, 'words.ts');
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)).default;
}

/** For first-paint.js: how each language is written, and the files with its words for the first pages. */
function describeLanguages(bundle: NonNullable<IndexHtmlTransformContext['bundle']>) {
  const files = Object.values(bundle).flatMap((chunk) => {
    const [, feature, spoken] = (chunk.type === 'chunk' && catalogue.exec(chunk.facadeModuleId ?? '')) || [];
    return ['shell', 'explore', 'buy', 'seats', 'account', 'wallet'].includes(feature ?? '')
      ? [{ feature, spoken, href: `/${chunk.fileName}` }]
      : [];
  });
  return Object.fromEntries(
    Object.entries(languages).map(([name, { direction }]) => {
      const own = files.filter(({ spoken }) => spoken === name);
      return [
        name,
        { direction, words: Object.fromEntries(own.map(({ feature, href }) => [feature, href])) },
      ];
    }),
  );
}
