import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from './run-program.ts';

interface FileResult {
  name: string;
  status: 'passed' | 'failed';
  startTime: number;
  endTime: number;
  /** Why the whole file failed, if it did. */
  message: string;
  assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
}

/** What Vitest wrote of each project. A project whose run ended early has no report. */
interface Reports {
  fileOf(project: string): string;
  /** Where the second run of failed files writes. */
  secondFileOf(project: string): string;
  failedFilesOf(project: string): string[];
  /** Each failed test with the beginning of its message. */
  failures(): string;
  slowestFiles(count: number): string[];
  /** A file that fails before its first test counts as a failing test. What ran twice counts as it ended. */
  count(ran: string[]): string;
  remove(): void;
}

export function createReports(projects: readonly string[]): Reports {
  const folder = mkdtempSync(join(tmpdir(), 'admit-test-report-'));
  const fileOf = (project: string) => join(folder, `${project}.json`);
  const secondFileOf = (project: string) => join(folder, `${project}-again.json`);
  const resultsIn = (file: string): FileResult[] =>
    existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).testResults : [];
  return {
    fileOf,
    secondFileOf,
    failedFilesOf: (project) =>
      resultsIn(fileOf(project))
        .filter(({ status }) => status === 'failed')
        .map(({ name }) => relative(root, name)),
    failures: () => projects.flatMap((project) => resultsIn(fileOf(project)).flatMap(failuresOf)).join('\n'),
    slowestFiles: (count) =>
      projects
        .flatMap((project) => resultsIn(fileOf(project)))
        .map(({ name, startTime, endTime }) => ({
          name: relative(root, name),
          took: (endTime - startTime) / 1000,
        }))
        .sort((one, other) => other.took - one.took)
        .slice(0, count)
        .map(({ name, took }) => `${took.toFixed(0).padStart(6)} s    ${name}`),
    count(ran) {
      const counts = { passed: 0, failed: 0, skipped: 0 };
      for (const project of ran) {
        if (!existsSync(fileOf(project))) counts.failed += 1;
        const again = resultsIn(secondFileOf(project));
        const replaced = new Set(again.map(({ name }) => name));
        const first = resultsIn(fileOf(project)).filter(({ name }) => !replaced.has(name));
        for (const file of [...first, ...again]) countFile(file, counts);
      }
      const { passed, failed, skipped } = counts;
      return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function failuresOf({ name, status, message, assertionResults }: FileResult): string[] {
  const tests = assertionResults.filter((each) => each.status === 'failed');
  const file = relative(root, name);
  if (status === 'failed' && tests.length === 0) return [`✗ ${file}\n${beginningOf(message)}`];
  return tests.map(
    ({ fullName, failureMessages }) => `✗ ${file} > ${fullName}\n${beginningOf(failureMessages[0])}`,
  );
}

function beginningOf(message = ''): string {
  const lines = message.split('\n').filter((line) => !line.includes('/node_modules/'));
  return lines.slice(0, 12).join('\n').slice(0, 1200);
}

function countFile(
  { status, assertionResults }: FileResult,
  counts: Record<'passed' | 'failed' | 'skipped', number>,
): void {
  if (status === 'failed' && assertionResults.length === 0) counts.failed += 1;
  for (const each of assertionResults) {
    if (each.status === 'passed' || each.status === 'failed') counts[each.status] += 1;
    else counts.skipped += 1;
  }
}
