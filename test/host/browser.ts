/** Starts the headless browser that shows a workbench. */
import { type Browser, chromium } from 'playwright-core';
import { findOrInstallChromium } from './chromium.js';

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findOrInstallChromium(),
    args: [
      // Chromium's sandbox does not work as root or in containers; only our own pages are shown.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
