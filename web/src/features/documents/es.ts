import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  // En la página de un pedido
  title: 'Recibos y facturas',
  receipt: 'Recibo {number}',
  invoice: 'Factura {number}',
  credit_note: 'Factura rectificativa {number}',
  refund: 'por un reembolso',
  correction: 'sustituida por una factura nueva',
  open: 'Abrir PDF',
  offline: 'Tus recibos necesitan conexión.',
  failed: 'No se han podido cargar los recibos.',
  retry: 'Intentar de nuevo',
  ask: 'Pedir factura con dirección',
  change: 'Corregir la dirección de la factura',
  noneLeft:
    'La dirección se ha corregido {count, plural, one {# vez} other {# veces}}. Pide ayuda al organizador.',
  nothingLeft: 'Se ha reembolsado todo el precio, así que no hay nada que facturar.',
  done: 'La factura nueva está lista.',
  doneReceipt:
    'La dirección está guardada. El organizador no ha indicado la suya, así que recibes un recibo.',
  dialogTitle: '¿Para quién es la factura?',
  dialogText: 'Un documento emitido no cambia nunca. Una factura rectificativa lo anula y recibes uno nuevo.',
  correctionsLeft: 'Puedes hacerlo {count, plural, one {una vez más} other {# veces más}}.',
  close: 'Cerrar',
  send: 'Obtener la factura',
  // Los campos de una dirección
  invoiceChoice: 'Factura',
  want: 'Necesito una factura con dirección',
  wantText:
    'La factura llega con tus entradas. Si el organizador no ha indicado su propia dirección, recibes un recibo.',
  name: 'Empresa o persona',
  line1: 'Calle y número',
  line2: 'Dirección, segunda línea',
  optional: 'Si la hay.',
  postcode: 'Código postal',
  city: 'Población',
  country: 'País',
  chooseCountry: 'Elige un país',
  countryWrong: 'Elige el país.',
  vatId: 'NIF-IVA',
  vatIdHint: 'Si lo hay, por ejemplo DE123456789.',
  vatIdWrong: 'De 4 a 20 letras y cifras.',
  reference: 'Tu referencia',
  referenceHint: 'Si tu empresa la pide: un número de pedido o un centro de coste.',
  // En la página del equipo
  sellerTitle: 'Vosotros como vendedores',
  sellerText:
    'Los compradores lo ven en recibos y facturas. Sin estos datos reciben recibos con el nombre de vuestra organización y ninguna factura.',
  legalName: 'Razón social',
  registration: 'Número de registro o fiscal',
  registrationHint: 'Si la ley lo pide, por ejemplo HRB 12345 B.',
  taxNote: 'Por qué no hay impuesto',
  taxNoteHint: 'Figura en los documentos si una entrada no lleva impuesto.',
  numberPrefix: 'Comienzo de los números',
  numberPrefixHint: 'Los números son así: {example}. No tienen huecos.',
  numberPrefixWrong: 'Hasta 10 letras, cifras, guiones y barras.',
  save: 'Guardar el vendedor',
  saved: 'Guardado. Los próximos documentos llevan estos datos.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
