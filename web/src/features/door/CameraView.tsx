import { memo, useRef, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { CameraControls } from './camera-controls.ts';
import { type Scanner, useScanner } from './use-scanner.ts';
import { t } from './words.ts';

/** The camera's picture with its lamp, its zoom and the choice of another one, where the device has them. */
export const CameraView = memo(function CameraView({
  cameraId,
  onCamera,
  onCode,
}: {
  cameraId: string;
  onCamera: (cameraId: string) => void;
  onCode: (code: string) => void;
}) {
  const [isWanted, setWanted] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const scanner = useScanner(video, isWanted, cameraId, onCode);
  const { state } = scanner;
  return (
    <div className="flex flex-col gap-3">
      <div
        className={
          state === 'on' || state === 'starting' ? 'relative overflow-hidden rounded-3xl bg-black' : 'hidden'
        }
      >
        <video ref={video} muted playsInline className="aspect-square w-full object-cover" />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-[18%] rounded-3xl border-4 border-white/80"
        />
        <p className="absolute inset-x-0 bottom-3 text-center text-sm font-semibold text-white">
          {t(state === 'on' ? 'aim' : 'cameraStarting')}
        </p>
      </div>
      {(state === 'denied' || state === 'none') && (
        <p role="alert" className="rounded-field bg-warn-soft px-4 py-3 text-warn">
          {t(state === 'denied' ? 'cameraDenied' : 'cameraNone')}
        </p>
      )}
      {state === 'on' && <Controls {...scanner} cameraId={cameraId} onCamera={onCamera} />}
      <Button size="large" look={isWanted ? 'quiet' : 'primary'} onClick={() => setWanted(!isWanted)}>
        <Icon name="camera" />
        {t(isWanted ? 'cameraOff' : 'camera')}
      </Button>
    </div>
  );
});

function Controls({
  controls,
  cameras,
  cameraId,
  onCamera,
}: Scanner & { cameraId: string; onCamera: (cameraId: string) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      {controls?.hasTorch && <Torch controls={controls} />}
      {controls?.zoom && <Zoom controls={controls} zoom={controls.zoom} />}
      {cameras.length > 1 && (
        <Select
          label={t('whichCamera')}
          hideLabel
          pill
          className="min-w-0 grow basis-40"
          value={cameraId}
          onChange={(change) => onCamera(change.target.value)}
        >
          {!cameras.some(({ deviceId }) => deviceId === cameraId) && (
            <option value="">{t('whichCamera')}</option>
          )}
          {cameras.map(({ deviceId, label }, index) => (
            <option key={deviceId} value={deviceId}>
              {label || t('cameraName', { number: index + 1 })}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}

function Torch({ controls }: { controls: CameraControls }) {
  const [isOn, setOn] = useState(false);
  return (
    <Button
      look="quiet"
      aria-pressed={isOn}
      className="aria-pressed:bg-accent aria-pressed:text-on-accent"
      onClick={() => {
        setOn(!isOn);
        void controls.setTorch(!isOn);
      }}
    >
      <Icon name="sun" />
      {t('torch')}
    </Button>
  );
}

function Zoom({
  controls,
  zoom: { min, max, step, value },
}: {
  controls: CameraControls;
  zoom: NonNullable<CameraControls['zoom']>;
}) {
  const [zoom, setZoom] = useState(value);
  return (
    <label className="flex min-h-11 min-w-0 grow basis-40 items-center gap-3 text-sm font-semibold">
      {t('zoom')}
      <input
        type="range"
        className="min-w-0 grow accent-accent"
        {...{ min, max, step }}
        value={zoom}
        onChange={(change) => {
          setZoom(Number(change.target.value));
          void controls.setZoom(Number(change.target.value));
        }}
      />
    </label>
  );
}
