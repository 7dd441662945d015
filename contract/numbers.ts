import * as z from 'zod/mini';

/** A whole number within these bounds, both of them included. */
export const whole = (min: number, max: number) => z.int().check(z.gte(min), z.lte(max));
