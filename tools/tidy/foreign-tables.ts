/** Finds SQL of a feature that names tables of another feature. */

const FEATURE = /^server\/features\/([^/]+)\//;
/** Comments and literals, in order. Only whole ones show where a template begins and ends. */
const TOKEN = /\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
const IS_SQL = /\b(select|insert into|update|delete from)\b/;
const NAMED = /\b(insert into|delete from|from|join|update|only)\s+(?:lateral\s+)?([a-z_]+)\b(?!\()/g;

interface Statement {
  path: string;
  line: number;
  feature: string;
  comment: string;
  sql: string;
}

/**
 * Finds statements of one feature that name a table of another. A table belongs to the feature that inserts into it. Use a
 * command of the owner instead; or say `table of <owner>` and why, in the comment above the statement or at the top of the
 * file.
 */
export function foreignTables(files: Map<string, string>): { path: string; line: number; rule: string }[] {
  const statements = [...files].flatMap(([path, text]) => statementsOf(path, text));
  const owners = new Map<string, string>();
  for (const { feature, sql } of statements) {
    for (const [, verb, table = ''] of sql.matchAll(NAMED)) {
      if (verb === 'insert into' && !owners.has(table)) owners.set(table, feature);
    }
  }
  return statements.flatMap(({ path, line, feature, comment, sql }) => {
    const foreign = new Set(
      [...sql.matchAll(NAMED)]
        .map(([, , table = '']) => owners.get(table))
        .filter((owner) => owner !== undefined && owner !== feature),
    );
    return [...foreign]
      .filter((owner) => !new RegExp(`\\btables? of ${owner}\\b`).test(comment))
      .map((owner) => ({
        path,
        line,
        rule: `names a table of ${owner}; call one of its commands, or say "table of ${owner}" and why one statement is needed in the comment above it or at the top of the file`,
      }));
  });
}

function statementsOf(path: string, text: string): Statement[] {
  const feature = FEATURE.exec(path)?.[1];
  if (!feature) return [];
  const statements: Statement[] = [];
  const header = /^\/\*\*[\s\S]*?\*\//.exec(text)?.[0] ?? '';
  let comment = '';
  let end = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    // The comment of a statement ends at a blank line or at another statement.
    if (/;|\n[ \t]*\n/.test(text.slice(end, index))) comment = '';
    end = index + token.length;
    if (token.startsWith('/')) comment += token.replaceAll(/\s*\n?\s*(\/\/|\/?\*+)\s*/g, ' ');
    if (!token.startsWith('`') || !IS_SQL.test(token)) continue;
    const line = text.slice(0, index).split('\n').length;
    statements.push({
      path,
      line,
      feature,
      comment: `${header} ${comment}`,
      sql: token.replaceAll(/--.*/g, ''),
    });
  }
  return statements;
}
