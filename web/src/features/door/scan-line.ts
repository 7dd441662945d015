/**
 * Scans that are made while another one is decided wait in line, so that no guest walks in behind a scan that nobody decided. A
 * scanner that reads the same ticket twice makes one scan: both have the same key. `rest` is the time in which the steward sees a
 * result before the next one replaces it.
 */
export function createLine<Scan extends { key: string }>(
  decide: (scan: Scan) => Promise<void>,
  rest: () => Promise<void>,
) {
  const line: Scan[] = [];
  async function run(): Promise<void> {
    for (let scan = line[0]; scan; scan = line[0]) {
      // Whatever goes wrong, the next guest must be scanned.
      await decide(scan).catch(() => {});
      if (line.length > 1) await rest();
      line.shift();
    }
  }
  return {
    isBusy: (): boolean => line.length > 0,
    add(scan: Scan): void {
      if (line.some(({ key }) => key === scan.key)) return;
      line.push(scan);
      if (line.length === 1) void run();
    },
  };
}
