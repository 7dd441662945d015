import type { z } from 'zod';
import type { ErrorCode, Problem } from '../contract/errors.ts';
import type { problemMembers } from '../contract/problem-members.ts';

/** The client adds `unreachable`: no answer came, so nobody knows whether the request was carried out. */
export type ProblemCode = ErrorCode | 'unreachable';

/** The members of a refusal for programs: typed if the contract declares them, unknown otherwise. */
export type MembersOf<Code> = Code extends keyof typeof problemMembers
  ? z.output<(typeof problemMembers)[Code]> & Record<string, unknown>
  : Record<string, unknown>;

interface ProblemBody extends Pick<Problem, 'title' | 'status'> {
  code: ProblemCode;
  detail?: string | undefined;
  retryable?: boolean | undefined;
  [member: string]: unknown;
}

/** A refusal of the server, or a missing answer. Every call throws only this, unless it is aborted. */
export class ApiProblem<Code extends ProblemCode = ProblemCode> extends Error {
  declare readonly code: Code;
  declare readonly status: number;
  declare readonly title: string;
  declare readonly detail: string | undefined;
  declare readonly retryable: boolean;
  /** The whole body, with members of the code such as `available` or `usedAt`. */
  declare readonly members: MembersOf<Code>;
  /** The wait before the next attempt that the server asks for. */
  declare readonly retryAfterMs: number;

  constructor(problem: ProblemBody & { code: Code }, retryAfterMs = 0) {
    const { code, status, title, detail, retryable = false } = problem;
    super(detail ?? title);
    const name = 'ApiProblem';
    Object.assign(this, { name, code, status, title, detail, retryable, members: problem, retryAfterMs });
  }

  /** True if nobody knows whether the request was carried out: retry with the same key. */
  get outcomeUnknown(): boolean {
    return this.code === 'unreachable' || this.status >= 500;
  }

  /** The error of each field, by its path in the body: `{ 'buyer.email': 'Invalid email' }`. */
  get fields(): Record<string, string> {
    const issues = ((this.members as Record<string, unknown>).issues ?? []) as {
      path: string;
      message: string;
    }[];
    return Object.fromEntries(issues.map(({ path, message }) => [path.replace(/^body\./, ''), message]));
  }
}

/** One type per code, so that comparing `code` gives `members` its type. */
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

/** A problem of our server has all members; an answer of a proxy in between may have fewer. */
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
