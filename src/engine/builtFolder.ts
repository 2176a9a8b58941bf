/** The folder of the built files, `dist`: where the bundles run from, or two steps away from here when run from source. */
import { basename, join } from 'node:path';

const here = import.meta.dirname;

export const builtFolder = basename(here) === 'engine' ? join(here, '../../dist') : here;
