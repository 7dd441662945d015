import { type RefObject, useEffect, useRef, useState } from 'react';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
declare global {
  interface Window {
    BarcodeDetector?: {
      new (options: { formats: string[] }): Detector;
      getSupportedFormats(): Promise<string[]>;
    };
  }
}

/** The browser's own detector, or else the bundled one, whose wasm comes from our origin. */
async function makeDetector(): Promise<Detector> {
  const own = window.BarcodeDetector;
  const formats = (await own?.getSupportedFormats().catch(() => null)) ?? [];
  if (own && formats.includes('qr_code')) return new own({ formats: ['qr_code'] });
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill');
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });
  return new BarcodeDetector({ formats: ['qr_code'] });
}

type ScannerState = 'off' | 'starting' | 'on' | 'denied' | 'none';

/** While `on`, looks for QR codes in the back camera's picture, about eight times a second. */
export function useScanner(
  video: RefObject<HTMLVideoElement | null>,
  on: boolean,
  onCode: (code: string) => void,
): ScannerState {
  const [state, setState] = useState<ScannerState>('off');
  const call = useRef(onCode);
  call.current = onCode;
  useEffect(() => {
    if (!on) return;
    let stopped = false;
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout>;
    setState('starting');
    const start = async () => {
      if (!navigator.mediaDevices) return setState('none');
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: 'environment', width: { ideal: 1280 } },
          audio: false,
        });
      } catch (error) {
        const denied =
          error instanceof DOMException &&
          (error.name === 'NotAllowedError' || error.name === 'SecurityError');
        return setState(denied ? 'denied' : 'none');
      }
      const detector = await makeDetector();
      if (stopped || !video.current) return;
      video.current.srcObject = stream;
      await video.current.play();
      setState('on');
      const look = async () => {
        if (stopped || !video.current) return;
        const [found] = await detector.detect(video.current).catch(() => []);
        if (found && !stopped) call.current(found.rawValue);
        timer = setTimeout(() => void look(), 120);
      };
      void look();
    };
    void start();
    return () => {
      stopped = true;
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
      setState('off');
    };
  }, [on, video]);
  return state;
}
