/** Thrown for what the person who starts Admit can put right; its message is all they need. */
export class StartError extends Error {}
