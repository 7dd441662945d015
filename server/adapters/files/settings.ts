import { z } from 'zod';

/** The variables of a store that speaks S3's API. */
export const s3Variables = {
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is no name of a bucket')
    .optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'is no name of a region')
    .default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(8).optional(),
  S3_PREFIX: z
    .string()
    .regex(/^([A-Za-z0-9_-][A-Za-z0-9_.-]*\/)*$/, 'is no folder with a last /, like admit/')
    .default(''),
};
type S3Variables = z.output<z.ZodObject<typeof s3Variables>>;

export interface S3Settings {
  /** Without a last slash. The bucket is a part of the path. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Stands in front of every key; empty or with a last slash. */
  prefix: string;
}

const needed = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

/** The variables that are missing beside others that are given. */
export const missingForS3 = (env: S3Variables): (typeof needed)[number][] =>
  needed.some((name) => env[name] !== undefined) ? needed.filter((name) => env[name] === undefined) : [];

/** Null if files are kept on the disk. */
export function readS3(env: S3Variables): S3Settings | null {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket } = env;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) return null;
  return { endpoint, bucket, region: env.S3_REGION, accessKeyId, secretAccessKey, prefix: env.S3_PREFIX };
}
