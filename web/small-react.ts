import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);

/** What the app imports of React. */
const modules = {
  react: 'react/cjs/react.production.js',
  'react/jsx-runtime': 'react/cjs/react-jsx-runtime.production.js',
};
const prefix = '\0es-module:';

/**
 * React is CommonJS, so each file of the build would call `(0,x.jsx)(…)` instead of `x(…)`. This plugin gives the app React as
 * ES modules with the same exports. It saves 0.6 KB on an event's page.
 */
export function reactAsModules(): Plugin {
  const folder = require.resolve('react/package.json').slice(0, -'react/package.json'.length);
  return {
    name: 'react-as-modules',
    apply: 'build',
    enforce: 'pre',
    // React's own files require each other, and get CommonJS as before.
    resolveId: (id, _importer, { kind }) =>
      Object.hasOwn(modules, id) && kind !== 'require-call' ? prefix + id : null,
    load(id) {
      if (!id.startsWith(prefix)) return null;
      const name = id.slice(prefix.length) as keyof typeof modules;
      const names = Object.keys(require(name)).filter((each) => !each.startsWith('_'));
      return [
        `import all from ${JSON.stringify(folder + modules[name])};`,
        'export default all;',
        ...names.map((each) => `export const ${each} = all.${each};`),
      ].join('\n');
    },
  };
}
