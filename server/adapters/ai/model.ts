/** A language model that answers with JSON. */
export interface LanguageModel {
  name: string;
  /**
   * Asks once. `rules` say what to do, and `facts` are what strangers may have typed. Returns the parsed JSON of the answer, which can be
   * anything, or throws ModelFailed.
   */
  ask(question: { rules: string; facts: string }): Promise<unknown>;
}

/** The model gave no answer that can be used. The message says why, for the log. */
export class ModelFailed extends Error {}
