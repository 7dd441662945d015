import { type RefObject, useEffect, useRef, useState } from 'react';
import { type CameraControls, controlsOf, listCameras } from './camera-controls.ts';
import { makeQrReader } from './read-qr.ts';

export interface Scanner {
  state: 'off' | 'starting' | 'on' | 'denied' | 'none';
  /** Null until the camera runs. */
  controls: CameraControls | null;
  cameras: MediaDeviceInfo[];
}

const off: Scanner = { state: 'off', controls: null, cameras: [] };

/** While `on`, looks for QR codes in the picture of a camera, about eight times a second. */
export function useScanner(
  video: RefObject<HTMLVideoElement | null>,
  on: boolean,
  cameraId: string,
  onCode: (code: string) => void,
): Scanner {
  const [scanner, setScanner] = useState(off);
  const call = useRef(onCode);
  call.current = onCode;
  useEffect(() => {
    if (!on) return;
    let stopped = false;
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout>;
    const say = (change: Partial<Scanner>) => {
      if (!stopped) setScanner((before) => ({ ...before, ...change }));
    };
    say({ state: 'starting' });
    const start = async () => {
      if (!navigator.mediaDevices) return say({ state: 'none' });
      try {
        stream = await openCamera(cameraId);
      } catch (error) {
        const denied =
          error instanceof DOMException &&
          (error.name === 'NotAllowedError' || error.name === 'SecurityError');
        return say({ state: denied ? 'denied' : 'none' });
      }
      const read = await makeQrReader();
      if (stopped || !video.current) return stop(stream);
      video.current.srcObject = stream;
      await video.current.play();
      say({ state: 'on', controls: controlsOf(stream), cameras: await listCameras() });
      const look = async () => {
        if (stopped || !video.current) return;
        const code = await read(video.current).catch(() => undefined);
        if (code && !stopped) call.current(code);
        timer = setTimeout(() => void look(), 120);
      };
      void look();
    };
    // A camera that is taken away while it starts ends the attempt, and the button starts another.
    void start().catch(() => say({ state: 'none' }));
    return () => {
      stopped = true;
      clearTimeout(timer);
      stop(stream);
      setScanner(off);
    };
  }, [on, video, cameraId]);
  return scanner;
}

/** The chosen camera. If it is not there any more, or none was chosen, the one at the back. */
async function openCamera(cameraId: string): Promise<MediaStream> {
  const open = (which: MediaTrackConstraints) =>
    navigator.mediaDevices.getUserMedia({ video: { ...which, width: { ideal: 1280 } }, audio: false });
  if (cameraId) {
    const chosen = await open({ deviceId: { exact: cameraId } }).catch(() => null);
    if (chosen) return chosen;
  }
  return open({ facingMode: 'environment' });
}

function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
