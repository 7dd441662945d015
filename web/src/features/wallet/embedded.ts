import { useEffect, useState } from 'react';
import { apiRoot } from '../../../../contract/addresses.ts';

/** What a page has in the frame of a widget (public/embed.js). The browser sends no session with pictures and files there. */
interface Embedded {
  /** Loads a file of the API with the guest's session, and returns an address that this page can show. */
  urlOf(path: string): Promise<string>;
  download(path: string): Promise<void>;
}

const embedded = (): Embedded | undefined => (window as { admitEmbed?: Embedded }).admitEmbed;

/** The address of a picture that only its owner may see. In a frame it is undefined until the picture has come. */
export function useReadable(path: string): string | undefined {
  const frame = path.startsWith(apiRoot) ? embedded() : undefined;
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!frame) return;
    let isGone = false;
    let made: string | undefined;
    frame.urlOf(path).then(
      (address) => {
        made = address;
        if (isGone) URL.revokeObjectURL(address);
        else setUrl(address);
      },
      // The picture stays empty, as it does for a browser that could not load it.
      () => {},
    );
    return () => {
      isGone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [frame, path]);
  return frame ? url : path;
}

/** Downloads a file that only its owner may have. */
export function takeFile(path: string): void {
  const frame = embedded();
  if (frame) void frame.download(path);
  else window.location.assign(path);
}
