/** A separator as people type it, on a command line or into a field, where a tab can hardly be typed. */

/** Understands `\t`, `\0`, `\\`, `\xHH` and `\uHHHH`; all else stands for itself. */
export function separatorFromText(text: string): string {
  return text.replace(/\\(?:t|0|\\|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/g, (sequence, hex, unicode) => {
    if (sequence === '\\t') return '\t';
    if (sequence === '\\0') return '\0';
    if (sequence === '\\\\') return '\\';
    return String.fromCharCode(Number.parseInt(hex ?? unicode, 16));
  });
}
