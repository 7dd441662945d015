/** Where uploaded files are kept. A key is a path of safe names: `pictures/pic_…/720.webp`. */
export interface Files {
  write(key: string, bytes: Buffer): Promise<void>;
  /** Null if there is no such file. */
  read(key: string): Promise<Buffer | null>;
  /** False if hardly anything is left of the disk. */
  hasRoom(): Promise<boolean>;
  /** Removes everything below a folder. It is no error if there is nothing. */
  removeFolder(folder: string): Promise<void>;
  /** The names of the folders in a folder, with the instant of their last change. */
  listFolders(folder: string): Promise<{ name: string; changedAt: Date }[]>;
}
