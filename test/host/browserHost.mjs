#!/usr/bin/env node
// Stands in for VS Code's executable where there is no display: see browserHost.ts.
import { register } from 'tsx/esm/api';

register();
const { runBrowserHost } = await import('./browserHost.ts');
process.exit(await runBrowserHost(process.argv.slice(2)));
