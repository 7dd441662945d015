import { z } from 'zod';

/** Turns an error that `read` throws into the error message of a variable of the configuration. No value is empty text. */
export const orIssue =
  <T>(read: (text: string) => T) =>
  (text: string | undefined, context: z.RefinementCtx): T => {
    try {
      return read(text?.trim() ?? '');
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  };
