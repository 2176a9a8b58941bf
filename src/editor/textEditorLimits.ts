/** Which files this window's text editor opens, and hands to extensions, without a question. */

export interface EditorWindow {
  /** Connected to another machine, a container or a server. */
  readonly isRemote: boolean;
  readonly isBrowser: boolean;
  /** `workbench.editorLargeFileConfirmation` as the user set it; undefined for its default. */
  readonly confirmationMegabytes: number | undefined;
}

const megabyte = 1024 * 1024;
/** Characters from which a document is kept from extensions. A character is at least a byte, so bytes err on the safe side. */
const synchronizedCharacters = 50 * megabyte;

export function fitsTextEditor(bytes: number, { isRemote, isBrowser, confirmationMegabytes }: EditorWindow): boolean {
  const confirmedFrom = confirmationMegabytes ?? (isRemote || isBrowser ? 10 : 1024);
  return bytes <= synchronizedCharacters && bytes <= confirmedFrom * megabyte;
}
