/** The packaged extension, unpacked: what is tested is what ships. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import JSZip from 'jszip';

/** Unpacks the extension in `vsixPath` to `folder`, which is emptied first, and resolves with the extension's folder. */
export async function unpackVsix(vsixPath: string, folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  const archive = await JSZip.loadAsync(await readFile(vsixPath));
  for (const entry of Object.values(archive.files)) {
    if (entry.dir) continue;
    // JSZip has taken `..` out of the names already.
    const file = path.join(folder, entry.name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, await entry.async('nodebuffer'));
  }
  return path.join(folder, 'extension');
}
