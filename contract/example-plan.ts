import type { z } from 'zod';
import type { planSchema } from './plan-fields.ts';

/** A plan with one row of four seats in the zone `gold`, for the examples of the API. */
export const examplePlan: z.input<typeof planSchema> = {
  format: 1,
  width: 200,
  height: 200,
  zones: [{ key: 'gold', name: 'Gold', color: '#aa8800' }],
  sections: [{ key: 'stalls', name: 'Stalls' }],
  objects: [
    {
      kind: 'rows',
      id: 'block1',
      x: 100,
      y: 100,
      rotation: 0,
      section: 'stalls',
      zone: 'gold',
      rows: [{ id: 'r1', from: -2, count: 4 }],
      spacing: 10,
      rowSpacing: 12,
      radius: 0,
      rowNames: { scheme: 'letters', start: 1, from: 'front' },
      seatNames: { scheme: 'all', start: 1, from: 'left' },
    },
  ],
};
