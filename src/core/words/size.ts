/** Sizes as people say them, with the units of file managers: 1 KB is 1024 bytes. */

const units = ['KB', 'MB', 'GB', 'TB'] as const;

/** `1 byte`, `812 bytes`, `14 KB`, `3.2 MB`, `300 MB`: one decimal below ten. */
export function byteSize(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let size = bytes / 1024;
  let unit = 0;
  // 999.5 would be rounded to four digits.
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size < 9.95 ? size.toFixed(1).replace('.0', '') : Math.round(size)} ${units[unit]}`;
}
