/** A way to break the ledger: `find` occurs once in the file and is replaced by `put`. */
export interface Mutation {
  name: string;
  /** A path relative to server/. For a folder, any one file in it. */
  in: string;
  find: string | RegExp;
  put: string;
}
