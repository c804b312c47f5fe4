// Debian's Chromium without its windows, which needs half the time, driven by Playwright.
import { chromium } from 'playwright-core';

export async function openChromium() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    // As root, in which CI containers run, Chromium starts only without its sandbox; it opens nothing but our own pages.
    args: process.getuid() === 0 ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage({ locale: 'en-US' });
  const session = await page.context().newCDPSession(page);
  return { browser, page, keys: (text) => session.send('Input.insertText', { text }) };
}
