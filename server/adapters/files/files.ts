/** Where uploaded files are kept: a folder (disk.ts) or a bucket (s3.ts). A key is a path of safe names: `pictures/pic_…/720.webp`. */
export interface Files {
  write(key: string, bytes: Buffer): Promise<void>;
  /** Null if there is no such file. */
  read(key: string): Promise<Buffer | null>;
  /** False if hardly anything is left of the disk. Refused('pictures_unavailable') if a store cannot be reached. */
  hasRoom(): Promise<boolean>;
  /** Removes everything below a folder. It is no error if there is nothing. */
  removeFolder(folder: string): Promise<void>;
  /** The names of the folders in a folder. */
  listFolders(folder: string): AsyncIterable<string>;
  /** The instant of a folder's last change; null if there is no such folder. */
  changedAt(folder: string): Promise<Date | null>;
}
