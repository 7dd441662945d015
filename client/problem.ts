import type { z } from 'zod';
import type { ErrorCode, Problem } from '../contract/errors.ts';
import type { problemMembers } from '../contract/problem-members.ts';

/** `unreachable` is ours: no answer came, so nobody knows whether the request was carried out. */
export type ProblemCode = ErrorCode | 'unreachable';

/** What a refusal adds for programs: typed where the contract names it, unknown where it does not. */
export type MembersOf<Code> = Code extends keyof typeof problemMembers
  ? z.output<(typeof problemMembers)[Code]> & Record<string, unknown>
  : Record<string, unknown>;

interface ProblemBody extends Pick<Problem, 'title' | 'status'> {
  code: ProblemCode;
  detail?: string | undefined;
  retryable?: boolean | undefined;
  [member: string]: unknown;
}

/** A refusal of the server, or the lack of an answer. Every call throws this and nothing else, unless it is aborted. */
export class ApiProblem<Code extends ProblemCode = ProblemCode> extends Error {
  declare readonly code: Code;
  declare readonly status: number;
  declare readonly title: string;
  declare readonly detail: string | undefined;
  declare readonly retryable: boolean;
  /** The whole body: operations add members of their own, such as `available` or `usedAt`. */
  declare readonly members: MembersOf<Code>;
  /** How long the server asks to wait before the next try. */
  declare readonly retryAfterMs: number;

  constructor(problem: ProblemBody & { code: Code }, retryAfterMs = 0) {
    const { code, status, title, detail, retryable = false } = problem;
    super(detail ?? title);
    const name = 'ApiProblem';
    Object.assign(this, { name, code, status, title, detail, retryable, members: problem, retryAfterMs });
  }

  /** True where the request may or may not have been carried out: try again with the same key. */
  get outcomeUnknown(): boolean {
    return this.code === 'unreachable' || this.status >= 500;
  }

  /** What is wrong with each field, by its name in the body: `{ 'buyer.email': 'Invalid email' }`. */
  get fields(): Record<string, string> {
    const issues = ((this.members as Record<string, unknown>).issues ?? []) as {
      path: string;
      message: string;
    }[];
    return Object.fromEntries(issues.map(({ path, message }) => [path.replace(/^body\./, ''), message]));
  }
}

/** One type for each code, so that a comparison of `code` tells which `members` there are. */
export type ProblemWith<Code extends ProblemCode> = Code extends ProblemCode ? ApiProblem<Code> : never;

export const isProblem = <Code extends ProblemCode = ProblemCode>(
  error: unknown,
  ...codes: Code[]
): error is ProblemWith<Code> =>
  error instanceof ApiProblem && (codes.length === 0 || codes.includes(error.code as Code));

/** No answer came. */
export const unreachable = () =>
  new ApiProblem({ code: 'unreachable', status: 0, retryable: true, title: 'No answer came.' });

const codeOf: Record<number, ErrorCode> = { 401: 'unauthenticated', 404: 'not_found', 429: 'rate_limited' };

/** The server's own problems carry everything; a proxy in between may say less. */
export function problemOf(status: number, body: unknown, retryAfterMs: number): ApiProblem {
  const said = body as Partial<Problem> | undefined;
  return new ApiProblem(
    said?.code && said.title
      ? (said as Problem)
      : {
          code: codeOf[status] ?? (status < 500 ? 'invalid_request' : 'internal'),
          status,
          retryable: status > 499 || status === 429,
          title: `The server answered ${status}.`,
        },
    retryAfterMs,
  );
}
