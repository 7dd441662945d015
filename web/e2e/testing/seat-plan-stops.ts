import { desk, next, opens, type Stop } from './stop.ts';

let plans = 0;

/** For walk.ts: the designer of an event's seat plan, and the library. */
export const seatPlanStops = {
  eventSeatPlan: {
    drawn: desk('seat-plan'),
    templates: next('organiser', ({ press }, { designer }) => press(designer.templates)),
  },
  seatPlans: {
    library: opens('organiser', '/organise/seat-plans'),
    'a new plan': next('organiser', async ({ fill, press, sees }, { 'seat-library': texts, designer }) => {
      await fill(texts.newName, `Bestuhlungsplanentwurf ${++plans}`);
      await press(texts.create);
      await press(designer.startEmpty);
      await sees('button', texts.versions);
    }),
    versions: next('organiser', ({ press }, words) => press(words['seat-library'].versions)),
    'before one is deleted': async ({ organiser, words }) => {
      await organiser.open('/organise/seat-plans');
      const { page } = organiser;
      const name = new RegExp(words['seat-library'].removeOf.replace('{name}', '.*'));
      await page.getByRole('button', { name }).first().click();
      return organiser;
    },
  },
} satisfies Record<string, Record<string, Stop>>;
