import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  minPerOrder: 'Mínimo por compra',
  maxPerOrder: 'Máximo por compra',
  saleStartsAt: 'Este tipo a la venta desde',
  saleEndsAt: 'Este tipo a la venta hasta',
  priceKind: 'Clase de precio',
  fixed: 'Un solo precio',
  steps: 'Precios anticipados',
  groups: 'Precios de grupo',
  chosen: 'Precio libre',
  stepsHint:
    'Cada tramo termina a su hora o tras su número de entradas. Después del último vale el precio del tipo.',
  stepName: 'Nombre del tramo {n}',
  stepPrice: 'El tramo {n} cuesta ({currency})',
  stepUntil: 'El tramo {n} termina el',
  stepPlaces: 'Entradas del tramo {n}',
  stepWrong: 'Indica una hora, un número de entradas o ambas cosas.',
  noLimit: 'sin límite',
  addStep: 'Añadir un tramo de precio',
  step: 'tramo {n}',
  groupsHint: 'Con tantas entradas de este tipo en un pedido, cada una cuesta esto.',
  groupFrom: 'Grupo {n} desde (entradas)',
  groupPrice: 'Grupo {n}: cada una cuesta ({currency})',
  addGroup: 'Añadir un precio de grupo',
  group: 'grupo {n}',
  leastPrice: 'Precio más bajo ({currency})',
  chosenHint:
    'Los compradores escriben un precio. El precio del tipo es la sugerencia. Los códigos promocionales no lo reducen.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
