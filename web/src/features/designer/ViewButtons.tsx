import type { Desk } from './desk.ts';
import type { PlanCamera } from './plan-camera.ts';
import { sceneOf } from './scene.ts';
import { ToolButton } from './ToolButton.tsx';
import { t } from './words.ts';

/** Over the drawing: how near it is looked at, and the keys. */
export function ViewButtons({
  desk,
  camera,
  onHelp,
}: {
  desk: Desk;
  camera: PlanCamera;
  onHelp: () => void;
}) {
  return (
    <div className="absolute end-2 bottom-2 flex rounded-field border border-line bg-raised">
      <ToolButton icon="nearer" label={t('nearer')} keys="+" onPress={() => camera.zoomStep(1.5)} />
      <ToolButton icon="farther" label={t('farther')} keys="-" onPress={() => camera.zoomStep(1 / 1.5)} />
      <ToolButton
        icon="whole"
        label={t('whole')}
        keys="0"
        onPress={() => camera.show(sceneOf(desk.document).bounds)}
      />
      <ToolButton icon="keys" label={t('shortcuts')} keys="?" onPress={onHelp} />
    </div>
  );
}
