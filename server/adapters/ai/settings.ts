import { z } from 'zod';

/** The variables of a language model behind an API like OpenAI's. */
export const aiVariables = {
  AI_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  AI_API_KEY: z.string().min(1).optional(),
  AI_MODEL: z.string().min(1).max(100).optional(),
};
type AiVariables = z.output<z.ZodObject<typeof aiVariables>>;

export interface AiSettings {
  /** Without a last slash: `https://api.openai.com/v1`. */
  baseUrl: string;
  /** Null: a server of one's own that asks for no key. */
  apiKey: string | null;
  model: string;
}

/** The variables that are missing beside others that are given. */
export function missingForAi(env: AiVariables): ('AI_BASE_URL' | 'AI_MODEL')[] {
  if (!env.AI_BASE_URL && !env.AI_API_KEY && !env.AI_MODEL) return [];
  return (['AI_BASE_URL', 'AI_MODEL'] as const).filter((name) => env[name] === undefined);
}

/** Null: suggestions come without a language model. */
export const readAi = (env: AiVariables): AiSettings | null =>
  env.AI_BASE_URL && env.AI_MODEL
    ? { baseUrl: env.AI_BASE_URL, apiKey: env.AI_API_KEY ?? null, model: env.AI_MODEL }
    : null;
