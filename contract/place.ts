/** The parts of an event's place that there are, on one line. An event that is only online may have none of them. */
export const placeLine = (...parts: string[]): string => parts.filter(Boolean).join(', ');
