import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { orIssue } from '../../or-issue.ts';

/** What Admit needs to make passes for Apple Wallet. All texts are PEM. */
export interface AppleWalletSettings {
  passType: string;
  team: string;
  certificate: string;
  key: string;
  passphrase: string | undefined;
  /** The certificate of Apple's authority that issued `certificate`. */
  authority: string;
  pushUrl: string;
}

/** What Admit needs to make passes for Google Wallet. */
export interface GoogleWalletSettings {
  issuer: string;
  account: { email: string; key: string; tokenUrl: string };
  apiUrl: string;
}

const webUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
/** A file's path, or its text itself with `\n` for line ends. */
const fileOrText = (isText: RegExp) =>
  z
    .string()
    .optional()
    .transform(
      orIssue((given) => {
        if (given === '') return undefined;
        return isText.test(given) ? given.replaceAll('\\n', '\n') : readFileSync(given, 'utf8');
      }),
    );
const pem = fileOrText(/^-----BEGIN /);

/** The variables of the environment, in the order of `.env.example`. */
export const walletVariables = {
  APPLE_WALLET_PASS_TYPE: z
    .string()
    .regex(/^pass\.[\w.-]{1,120}$/, 'begins with "pass.", like pass.com.example.tickets')
    .optional(),
  APPLE_WALLET_TEAM: z
    .string()
    .regex(/^[A-Z0-9]{10}$/, 'has ten letters and digits')
    .optional(),
  APPLE_WALLET_CERTIFICATE: pem,
  APPLE_WALLET_KEY: pem,
  APPLE_WALLET_KEY_PASSPHRASE: z.string().optional(),
  APPLE_WALLET_AUTHORITY: pem,
  APPLE_WALLET_PUSH_URL: webUrl.default('https://api.push.apple.com'),
  GOOGLE_WALLET_ISSUER: z
    .string()
    .regex(/^\d{5,30}$/, 'has digits only')
    .optional(),
  GOOGLE_WALLET_KEY: z
    .string()
    .optional()
    .transform(orIssue((given) => (given === '' ? undefined : readAccount(given)))),
  GOOGLE_WALLET_API_URL: webUrl.default('https://walletobjects.googleapis.com'),
};

const allForApple = [
  'APPLE_WALLET_PASS_TYPE',
  'APPLE_WALLET_TEAM',
  'APPLE_WALLET_CERTIFICATE',
  'APPLE_WALLET_KEY',
  'APPLE_WALLET_AUTHORITY',
] as const;
const allForGoogle = ['GOOGLE_WALLET_ISSUER', 'GOOGLE_WALLET_KEY'] as const;

type WalletVariables = z.output<z.ZodObject<typeof walletVariables>>;

/** The variables that are missing beside others of the same wallet, and why they are needed. */
export function missingForWallets(env: WalletVariables): { name: keyof WalletVariables; why: string }[] {
  const missing = (names: readonly (keyof WalletVariables)[], wallet: string) =>
    names.some((name) => env[name] !== undefined)
      ? names
          .filter((name) => env[name] === undefined)
          .map((name) => ({ name, why: `to make passes for ${wallet}, like ${listOf(names)}` }))
      : [];
  return [...missing(allForApple, 'Apple Wallet'), ...missing(allForGoogle, 'Google Wallet')];
}

const listOf = (names: readonly string[]): string =>
  `${names.slice(0, -1).join(', ')} and ${names.at(-1) as string}`;

/** Null without the variables of Apple Wallet. */
export function readAppleWallet(env: WalletVariables): AppleWalletSettings | null {
  const { APPLE_WALLET_CERTIFICATE: certificate, APPLE_WALLET_KEY: key } = env;
  const { APPLE_WALLET_AUTHORITY: authority, APPLE_WALLET_TEAM: team } = env;
  const passType = env.APPLE_WALLET_PASS_TYPE;
  if (!certificate || !key || !authority || !team || !passType) return null;
  const { APPLE_WALLET_KEY_PASSPHRASE: passphrase, APPLE_WALLET_PUSH_URL: pushUrl } = env;
  return { passType, team, certificate, key, passphrase, authority, pushUrl };
}

/** Null without the variables of Google Wallet. */
export function readGoogleWallet(env: WalletVariables): GoogleWalletSettings | null {
  const { GOOGLE_WALLET_ISSUER: issuer, GOOGLE_WALLET_KEY: account } = env;
  return issuer && account ? { issuer, account, apiUrl: env.GOOGLE_WALLET_API_URL } : null;
}

const accountSchema = z.object({
  type: z.literal('service_account'),
  client_email: z.email(),
  private_key: z.string().startsWith('-----BEGIN PRIVATE KEY-----'),
  token_uri: webUrl,
});

/** The JSON file that Google gives for the key of a service account. */
function readAccount(given: string): GoogleWalletSettings['account'] {
  const text = given.trim().startsWith('{') ? given : readFileSync(given, 'utf8');
  const parsed = accountSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(
      `expected the JSON of the key of a service account; ${issue?.path.join('.') || 'it'}: ${issue?.message}`,
    );
  }
  const { client_email: email, private_key: key, token_uri: tokenUrl } = parsed.data;
  return { email, key, tokenUrl };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
