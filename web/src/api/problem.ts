import type { ErrorCode, Problem } from '../../../contract/errors.ts';

/** `unreachable` is ours: no answer came, so nobody knows whether the request was carried out. */
export type ProblemCode = ErrorCode | 'unreachable';

interface ProblemBody extends Pick<Problem, 'title' | 'status'> {
  code: ProblemCode;
  detail?: string | undefined;
  retryable?: boolean | undefined;
  [member: string]: unknown;
}

/** A refusal of the server, or the lack of an answer. Everything that the api/ functions throw is one. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  readonly retryable: boolean;
  /** The whole body: operations add members of their own, such as `available` or `usedAt`. */
  readonly members: Record<string, unknown>;

  constructor(problem: ProblemBody) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiProblem';
    this.code = problem.code;
    this.status = problem.status;
    this.title = problem.title;
    this.detail = problem.detail;
    this.retryable = problem.retryable ?? false;
    this.members = problem;
  }

  /** True where the request may or may not have been carried out: try again with the same key. */
  get outcomeUnknown(): boolean {
    return this.code === 'unreachable' || this.status >= 500;
  }

  /** What is wrong with each field, by its name in the body: `{ 'buyer.email': 'Invalid email' }`. */
  get fields(): Record<string, string> {
    const issues = (this.members.issues ?? []) as { path: string; message: string }[];
    return Object.fromEntries(issues.map(({ path, message }) => [path.replace(/^body\./, ''), message]));
  }
}

export const isProblem = (error: unknown, ...codes: ProblemCode[]): error is ApiProblem =>
  error instanceof ApiProblem && (codes.length === 0 || codes.includes(error.code));
