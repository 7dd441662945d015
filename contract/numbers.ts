import * as z from 'zod/mini';

/** A whole number from `min` to `max`, both included. */
export const whole = (min: number, max: number) => z.int().check(z.gte(min), z.lte(max));
