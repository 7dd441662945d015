/** Thrown for a problem that the person who starts Admit can fix. Its message is all that they need. */
export class StartError extends Error {}
