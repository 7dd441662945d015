import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { uploadPicture } from '../../../../client/endpoints.generated.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import type { Picture } from '../../../../contract/pictures.ts';
import { call } from '../../api/call.ts';
import { sayProblem } from '../problems/say-problem.ts';

/** As the server refuses other kinds and larger files (contract/pictures.ts), said before 10 MB have travelled. */
export const pictureKinds = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'];
const mostBytes = 10 * 1024 * 1024;
/** A photo of 10 MB over a slow connection. */
const patienceMs = 180_000;

interface Upload {
  /** Takes a file, if none is on its way. */
  take(file: File | undefined): void;
  isPending: boolean;
  /** Why the last file was not taken, in the reader's language. */
  wrong: string | null;
}

/**
 * Uploads a picture of an organisation. `says` are the words for a file of another kind and for one that is too large. Without words
 * for the kind the server says what is wrong.
 */
export function useUpload(
  organisationId: OrganisationId,
  says: { kind?: string; large: string },
  onDone: (picture: Picture) => void,
): Upload {
  const [wrong, setWrong] = useState<string | null>(null);
  const upload = useMutation({
    mutationFn: (file: File) =>
      call(uploadPicture, {
        params: { organisationId },
        bytes: file,
        headers: { 'content-type': file.type },
        signal: AbortSignal.timeout(patienceMs),
      }),
    onSuccess: onDone,
    onError: (error) => setWrong(sayProblem(error)),
  });
  const take = (file: File | undefined) => {
    if (!file || upload.isPending) return;
    setWrong(null);
    if (says.kind !== undefined && !pictureKinds.includes(file.type)) return setWrong(says.kind);
    if (file.size > mostBytes) return setWrong(says.large);
    upload.mutate(file);
  };
  return { take, isPending: upload.isPending, wrong };
}
