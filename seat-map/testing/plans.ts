import type { SeatPlanDocument } from '../../contract/plan-fields.ts';
import { newArea, newBox, newRows, newStage, newTable, newText } from '../make-objects.ts';
import { makeTemplate, type TemplateName, type TemplateWords } from '../templates.ts';

/** Ids in order, so that a test makes the same plan each time. */
export function countedIds(stem = 'obj'): () => string {
  let next = 0;
  return () => `${stem}${String(++next).padStart(4, '0')}`;
}

const words: TemplateWords = {
  stage: 'Stage',
  screen: 'Screen',
  pitch: 'Pitch',
  bar: 'Bar',
  stalls: 'Stalls',
  circle: 'Circle',
  boxes: 'Boxes',
  floor: 'Floor',
  standing: 'Standing',
  block: 'Block',
  tables: 'Tables',
  rows: 'Rows',
  balcony: 'Balcony',
  lower: 'Lower',
  upper: 'Upper',
  best: 'Best',
  good: 'Good',
  standard: 'Standard',
};

export const template = (name: TemplateName): SeatPlanDocument =>
  makeTemplate(name, words, countedIds(name.slice(0, 3)));

/** One object of each kind with seats, an area and a stage. */
export const smallHall = (): SeatPlanDocument => ({
  format: 1,
  width: 1000,
  height: 800,
  zones: [
    { key: 'gold', name: 'Gold', color: '#aa8800' },
    { key: 'blue', name: 'Blue', color: '#0000aa' },
  ],
  sections: [
    { key: 'stalls', name: 'Stalls' },
    { key: 'tables', name: 'Tables' },
    { key: 'boxes', name: 'Boxes' },
    { key: 'floor', name: 'Floor' },
  ],
  objects: [
    newStage({ id: 'stage1', x: 500, y: 60 }),
    newRows({
      id: 'rows1',
      section: 'stalls',
      zone: 'gold',
      x: 300,
      y: 200,
      rows: 4,
      seats: 10,
      radius: 300,
    }),
    newRows({
      id: 'rows2',
      section: 'stalls',
      zone: 'blue',
      x: 600,
      y: 200,
      rows: 3,
      seats: 8,
      rowNames: { scheme: 'letters', start: 5, from: 'front' },
    }),
    newTable({ id: 'table1', section: 'tables', zone: 'gold', x: 200, y: 500, label: 'T1' }),
    newBox({ id: 'box01', section: 'boxes', zone: 'blue', x: 850, y: 300, rotation: 30 }),
    newArea({ id: 'area1', section: 'floor', x: 500, y: 600, pool: 'floor' }),
    newText({ id: 'text1', x: 500, y: 700, text: 'Exit' }),
  ],
});
