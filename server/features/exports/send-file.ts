import { Readable } from 'node:stream';
import type { ExportFormat } from '../../../contract/exports.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { fileHeaders } from './write-table.ts';

/** Sends a file while it is written. Calls `end` when the file has ended or the client has gone. */
export function sendFile(
  app: App,
  written: AsyncIterable<string | Uint8Array>,
  { format, name, end }: { format: ExportFormat; name: string; end: () => void },
): Raw {
  // Two pieces wait for the client at most. The rows behind them stay in the database.
  const body = Readable.from(written, { highWaterMark: 2, signal: app.exports.stopping });
  body.once('close', end);
  // The server answers for errors once it sends the stream. One before that must not end the process.
  body.on('error', () => {});
  return new Raw(body, fileHeaders(format, name));
}
