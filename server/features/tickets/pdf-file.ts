/** The number of an object in a PDF file. */
export type ObjectNumber = number;

/** Writes a PDF file: numbered objects, and a table that says where each begins. */
export interface PdfFile {
  /** Takes a number for an object that is written later. */
  reserve(): ObjectNumber;
  /** Writes an object, with the next number if it has none. */
  write(body: string, number?: ObjectNumber): ObjectNumber;
  /** Writes a stream whose bytes are compressed (zlib). `fields` are further entries of its dictionary. */
  writeStream(deflated: Uint8Array, fields?: string): ObjectNumber;
  /** Ends the file. The bytes have a buffer of their own, which may be transferred to another thread. */
  end(catalog: ObjectNumber, info: ObjectNumber, id: string): Buffer<ArrayBuffer>;
}

export function createPdfFile(): PdfFile {
  // A comment with bytes above 127 tells programs that copy files that the file is not text.
  const parts: Uint8Array[] = [Buffer.from('%PDF-1.5\n%\xff\xff\xff\xff\n', 'latin1')];
  let length = (parts[0] as Uint8Array).length;
  const offsets: number[] = [];

  function put(bytes: Uint8Array): void {
    parts.push(bytes);
    length += bytes.length;
  }
  const putText = (text: string) => put(Buffer.from(text, 'latin1'));
  const reserve = () => offsets.push(0);
  function begin(number: ObjectNumber): void {
    offsets[number - 1] = length;
  }

  return {
    reserve,
    write(body, number = reserve()) {
      begin(number);
      putText(`${number} 0 obj\n${body}\nendobj\n`);
      return number;
    },
    writeStream(deflated, fields = '') {
      const number = reserve();
      begin(number);
      putText(`${number} 0 obj\n<< /Length ${deflated.length} /Filter /FlateDecode${fields} >>\nstream\n`);
      put(deflated);
      putText('\nendstream\nendobj\n');
      return number;
    },
    end(catalog, info, id) {
      const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
      const count = offsets.length + 1;
      const trailer = `<< /Size ${count} /Root ${catalog} 0 R /Info ${info} 0 R /ID [<${id}> <${id}>] >>`;
      const tableAt = length;
      putText(
        `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n${trailer}\nstartxref\n${tableAt}\n%%EOF\n`,
      );
      return joined(parts, length);
    },
  };
}

function joined(parts: Uint8Array[], length: number): Buffer<ArrayBuffer> {
  const file = Buffer.from(new ArrayBuffer(length));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** A text as an object of a PDF: UTF-16 with a mark, in hexadecimal digits. */
export const pdfText = (text: string): string => `<feff${utf16Hex(text)}>`;

export function utf16Hex(text: string): string {
  let hex = '';
  for (let i = 0; i < text.length; i++) hex += text.charCodeAt(i).toString(16).padStart(4, '0');
  return hex;
}

/** A number of a PDF, to a thousandth of a point. PDF has no exponents. */
export const pdfNumber = (value: number): string => String(Math.round(value * 1000) / 1000 + 0);
