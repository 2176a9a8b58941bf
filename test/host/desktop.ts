/** Finds VS Code as it is installed on a desktop. */
import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/**
 * The executable of an installed VS Code, or undefined: `VSCODE_EXECUTABLE`, the one behind `code` on the PATH, or one
 * at a usual place. It is the program itself, because the `code` script returns before the window closes.
 */
export async function findDesktopVsCode(): Promise<string | undefined> {
  const chosen = process.env['VSCODE_EXECUTABLE'];
  if (chosen !== undefined) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`VSCODE_EXECUTABLE is set to ${chosen}, which does not exist.`);
  }
  if (!canShowWindows()) return undefined;
  return [...(await besideCodeScript()), ...usualPlaces()].find((candidate) => existsSync(candidate));
}

/** On Linux a window needs a display; without one there is no use in a desktop VS Code. */
export function canShowWindows(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** On Linux the `code` script lies in `bin/` under the program's folder. */
async function besideCodeScript(): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  try {
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', 'command -v code']);
    return [path.resolve(realpathSync(stdout.trim()), '../../code')];
  } catch {
    return [];
  }
}

function usualPlaces(): string[] {
  switch (process.platform) {
    case 'win32':
      return [process.env['LOCALAPPDATA'], process.env['ProgramFiles']].flatMap((root) =>
        root
          ? [path.join(root, 'Programs/Microsoft VS Code/Code.exe'), path.join(root, 'Microsoft VS Code/Code.exe')]
          : [],
      );
    case 'darwin':
      return ['Code', 'Electron'].map((name) => `/Applications/Visual Studio Code.app/Contents/MacOS/${name}`);
    default:
      return ['/usr/share/code/code'];
  }
}
