/** What the forms of this page ask before their text is lost. Each returns false if the person wants to stay. */
const questions = new Set<() => boolean>();

/** Adds a question, and returns a function that removes it. */
export function askBeforeLoss(question: () => boolean): () => void {
  questions.add(question);
  return () => void questions.delete(question);
}

/** Asks the person, if a form has text that is not saved. For steps that are no navigation, such as a change of language. */
export const mayLose = (): boolean => [...questions].every((question) => question());
