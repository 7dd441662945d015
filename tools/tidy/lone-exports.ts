import { posix } from 'node:path';

/** A name that a declaration at module level exports. */
const EXPORTED =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|var|function\*?|class|interface|type|enum) ([\w$]+)/gm;
const NAMED =
  /\b(?:import|export)\b(?:\s+type\b)?(?:\s*[\w$]+\s*,)?\s*\{([^{}]*)\}\s*from\s*(['"])(\.[^'"\n]+)\2/g;
/** Takes the whole module: `import * as a`, `export * from`, `import('./a.ts')`, a child process or a thread. */
const WHOLE =
  /\*\s*(?:as\s+[\w$]+\s*)?from\s*(['"])(\.[^'"\n]+)\1|\bimport\(\s*(['"])(\.[^'"\n]+)\3|\bnew URL\((['"])([^'"\n]+)\5, import\.meta\.url/g;

/**
 * Finds exports that no other file imports, tests included. A reader takes an export for a promise to other files, and the
 * compiler names no unused declaration that is exported. Types of the client are excepted: programs outside this repository
 * import them.
 */
export function loneExports(scripts: Map<string, string>): { path: string; line: number; rule: string }[] {
  const { names, whole } = findImports(scripts);
  return [...scripts].flatMap(([path, text]) => {
    if (path.includes('.generated.') || whole.has(path)) return [];
    return [...text.matchAll(EXPORTED)]
      .filter(({ 0: declaration, 1: name }) => {
        const isType = /\b(interface|type) [\w$]+$/.test(declaration);
        return !names.has(`${path} ${name}`) && !(isType && path.startsWith('client/'));
      })
      .map(({ 1: name, index }) => ({
        path,
        line: text.slice(0, index).split('\n').length,
        rule: `exports ${name}, which no other file imports; remove the word export`,
      }));
  });
}

function findImports(scripts: Map<string, string>): { names: Set<string>; whole: Set<string> } {
  const names = new Set<string>();
  const whole = new Set<string>();
  for (const [path, text] of scripts) {
    const fileAt = (specifier: string) => posix.join(posix.dirname(path), specifier);
    for (const { 1: list = '', 3: specifier = '' } of text.matchAll(NAMED)) {
      for (const item of list.split(',')) {
        const name = item
          .trim()
          .replace(/^type\s+/, '')
          .split(/\s/)[0];
        if (name) names.add(`${fileAt(specifier)} ${name}`);
      }
    }
    for (const [, , all, , dynamic, , url] of text.matchAll(WHOLE))
      whole.add(fileAt(all ?? dynamic ?? url ?? ''));
  }
  return { names, whole };
}
