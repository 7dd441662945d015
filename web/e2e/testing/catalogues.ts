import account from '../../src/features/account/en.ts';
import admin from '../../src/features/admin/en.ts';
import bank from '../../src/features/bank/en.ts';
import branding from '../../src/features/branding/en.ts';
import buy from '../../src/features/buy/en.ts';
import checkout from '../../src/features/checkout/en.ts';
import designer from '../../src/features/designer/en.ts';
import desk from '../../src/features/desk/en.ts';
import door from '../../src/features/door/en.ts';
import doorDesk from '../../src/features/door-desk/en.ts';
import editor from '../../src/features/editor/en.ts';
import explore from '../../src/features/explore/en.ts';
import integrations from '../../src/features/integrations/en.ts';
import log from '../../src/features/log/en.ts';
import moderation from '../../src/features/moderation/en.ts';
import online from '../../src/features/online/en.ts';
import organise from '../../src/features/organise/en.ts';
import promo from '../../src/features/promo/en.ts';
import questions from '../../src/features/questions/en.ts';
import queue from '../../src/features/queue/en.ts';
import repeat from '../../src/features/repeat/en.ts';
import reports from '../../src/features/reports/en.ts';
import schedules from '../../src/features/schedules/en.ts';
import seatLibrary from '../../src/features/seat-library/en.ts';
import seats from '../../src/features/seats/en.ts';
import shell from '../../src/features/shell/en.ts';
import suggestions from '../../src/features/suggestions/en.ts';
import wallet from '../../src/features/wallet/en.ts';

/** The features' English texts. */
export const english = {
  account,
  admin,
  branding,
  buy,
  checkout,
  desk,
  door,
  'door-desk': doorDesk,
  editor,
  explore,
  bank,
  integrations,
  log,
  moderation,
  online,
  organise,
  promo,
  designer,
  'seat-library': seatLibrary,
  questions,
  queue,
  repeat,
  reports,
  schedules,
  seats,
  shell,
  suggestions,
  wallet,
};

/** The same texts in another language. */
export type Words = { [F in keyof typeof english]: Record<keyof (typeof english)[F], string> };

export async function wordsIn(language: string): Promise<Words> {
  const catalogues = Object.keys(english).map(async (feature) => [
    feature,
    (await import(`../../src/features/${feature}/${language}.ts`)).default,
  ]);
  return Object.fromEntries(await Promise.all(catalogues));
}
