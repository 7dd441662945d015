import { stripTypeScriptTypes } from 'node:module';
import { dirname } from 'node:path';
import compile from 'icu-minify/compile';
import type { Plugin } from 'vite';

type Catalogue = Record<string, string>;

/**
 * Parses the messages of a catalogue (`features/<feature>/<language>.ts`) while the app is built, so that no
 * parser travels to the browser. What a language lacks is said in English.
 */
export function compileWords(): Plugin {
  return {
    name: 'compile-words',
    transform: {
      filter: { id: /\/features\/\w+\/[a-z]{2}\.ts$/ },
      async handler(source, id) {
        const words = await read(source);
        const english = `${dirname(id)}/en.ts`;
        this.addWatchFile(english);
        const messages = { ...(await read(await this.fs.readFile(english, { encoding: 'utf8' }))), ...words };
        const compiled = Object.entries(messages).map(([key, message]) => [key, compile(message)]);
        return { code: `export default ${JSON.stringify(Object.fromEntries(compiled))}`, map: null };
      },
    },
  };
}

/** A catalogue imports nothing but types, so that its text alone is a module. */
async function read(source: string): Promise<Catalogue> {
  const code = encodeURIComponent(stripTypeScriptTypes(source));
  return (await import(`data:text/javascript,${code}`)).default;
}
