/**
 * Writes client/endpoints.generated.ts from the contract: method and path of each operation, so that the client needs no
 * schema. The compiler compares the file with the contract, and tidy checks that no operation is missing.
 *
 *   node tools/make-endpoints.ts
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRepeatable, type Operation } from '../contract/operation.ts';

const root = join(import.meta.dirname, '..');
const file = join(root, 'client/endpoints.generated.ts');

export async function describeEndpoints(): Promise<string> {
  const imports: string[] = [];
  const lines: string[] = [];
  for (const name of readdirSync(join(root, 'contract')).sort()) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts') || name === 'operations.ts') continue;
    const exported = Object.entries(await import(join(root, 'contract', name)))
      .filter(isOperation)
      .sort(([, a], [, b]) => (a.id < b.id ? -1 : 1));
    if (exported.length === 0) continue;
    const module = name.replace('.ts', '').replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    imports.push(`import type * as ${module} from '../contract/${name}';`);
    for (const [constant, op] of exported) {
      const text = `${op.method} ${op.path}${isRepeatable(op) ? '' : ' once'}`;
      const type = `typeof ${module}.${constant}`;
      lines.push(
        `export const ${op.id} = '${text}' satisfies TextOf<${type}> as string as Endpoint<${type}>;`,
      );
    }
  }
  return [
    '// Written by tools/make-endpoints.ts from the contract.',
    ...imports,
    "import type { Endpoint, TextOf } from './endpoint.ts';",
    '',
    ...lines,
    '',
  ].join('\n');
}

const isOperation = (pair: [string, unknown]): pair is [string, Operation] =>
  typeof pair[1] === 'object' && pair[1] !== null && 'method' in pair[1] && 'path' in pair[1];

if (import.meta.main) writeFileSync(file, await describeEndpoints());
