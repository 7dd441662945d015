import { nightShift, saunaSynths, thermalNights } from './clubs.ts';
import { lateAndUnwise, riveDroite, silentCinema } from './comedy.ts';
import { auroraLines, blueHour, sessionClass, winterJourney } from './concerts.ts';
import { nightMarket, supperClub } from './food.ts';
import { fadoBoatyard, nightMusic, oudNight } from './night-music.ts';
import { boulderOpen, halfMarathon, solsticeShore } from './outdoors.ts';
import { nextHundredYears, roomsOfLight, unreasonableLectures } from './talks.ts';
import { antigoneAtDusk, cartographersDaughter, clockmaker } from './theatre.ts';

/** Every cover by its name: each draws itself from its name alone. */
export const covers: Record<string, (seed: string) => string> = {
  'night-shift': nightShift,
  'cartographers-daughter': cartographersDaughter,
  'aurora-lines': auroraLines,
  'winter-journey': winterJourney,
  'blue-hour': blueHour,
  'fado-boatyard': fadoBoatyard,
  'oud-night': oudNight,
  'night-music': nightMusic,
  'sauna-synths': saunaSynths,
  'late-and-unwise': lateAndUnwise,
  'rive-droite': riveDroite,
  'antigone-at-dusk': antigoneAtDusk,
  clockmaker,
  'silent-cinema': silentCinema,
  'next-hundred-years': nextHundredYears,
  'unreasonable-lectures': unreasonableLectures,
  'supper-club': supperClub,
  'night-market': nightMarket,
  'solstice-shore': solsticeShore,
  'boulder-open': boulderOpen,
  'half-marathon': halfMarathon,
  'rooms-of-light': roomsOfLight,
  'session-class': sessionClass,
  'thermal-nights': thermalNights,
};
