/** Numbers and nouns in sentences. */

/** `1,234,567`, of a whole number. By hand, since the first number that `Intl` formats takes 10 ms, and 50 in VS Code. */
export function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 key`, `12 keys`; `plural` where an s is not enough. */
export function counted(n: number, noun: string, plural = `${noun}s`): string {
  return `${count(n)} ${n === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** `812 bytes`, `1.4 GB`: powers of 1000, as file managers and disks count. */
export function byteSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 ? size : size.toFixed(size < 10 ? 1 : 0)} ${units[unit]}`;
}
