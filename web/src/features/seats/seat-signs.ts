/** A crossed-out eye on a 24-point grid, for a seat with a restricted view. */
export const restrictedPath = 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM5 20 19 4';
