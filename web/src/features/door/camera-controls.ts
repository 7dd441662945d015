/** What the lamp and the lens of a camera can do. The types of the DOM lack both. */
export interface CameraControls {
  hasTorch: boolean;
  zoom: { min: number; max: number; step: number; value: number } | null;
  setTorch(on: boolean): Promise<void>;
  setZoom(zoom: number): Promise<void>;
}

interface Range {
  min: number;
  max: number;
  step?: number;
}
type Capabilities = MediaTrackCapabilities & { torch?: boolean | boolean[]; zoom?: Range };
type Settings = MediaTrackSettings & { zoom?: number };

export function controlsOf(stream: MediaStream): CameraControls | null {
  const [track] = stream.getVideoTracks();
  if (!track) return null;
  const can = (track.getCapabilities?.() ?? {}) as Capabilities;
  const { zoom: value } = track.getSettings() as Settings;
  const apply = (change: object) =>
    track.applyConstraints({ advanced: [change] } as MediaTrackConstraints).catch(() => {
      // A camera that another program has taken does not obey. The picture goes on as it is.
    });
  const range = can.zoom && can.zoom.max > can.zoom.min ? can.zoom : null;
  return {
    hasTorch: can.torch === true || (Array.isArray(can.torch) && can.torch.includes(true)),
    zoom: range && { min: range.min, max: range.max, step: range.step || 0.1, value: value ?? range.min },
    setTorch: (torch) => apply({ torch }),
    setZoom: (zoom) => apply({ zoom }),
  };
}

/** The cameras by name. A browser tells the names only while one of them runs. */
export async function listCameras(): Promise<MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return devices.filter(({ kind }) => kind === 'videoinput');
}
