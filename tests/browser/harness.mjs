/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few words to write browser tests with: TAP, a fresh page for each, and no violation of the page's policy. */
import assert from 'node:assert/strict';
import {chromium} from 'playwright-core';

export {assert};

/** Runs [name, options, test] one after another, prints TAP, and returns how many failed. */
export async function runAll(tests, {executable, folder}) {
  const args = ['--no-proxy-server', '--font-render-hinting=none'];
  if (process.getuid() === 0) args.push('--no-sandbox');
  const browser = await chromium.launch({executablePath: executable, args});
  let failed = 0;
  for (const [index, [name, options, test]] of tests.entries()) {
    const context = await browser.newContext({viewport: {width: 1100, height: 900}, ...options});
    const page = await context.newPage();
    page.setDefaultTimeout(10000);
    const said = [];
    page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => said.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => (said.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
    try {
      await test(page, said);
      assert.deepEqual(said, [], 'the console must stay silent');
      console.log(`ok ${index + 1} - ${name}`);
    } catch (error) {
      failed++;
      console.log(`not ok ${index + 1} - ${name}`);
      console.log(String(error.stack).replace(/^/gm, '# '));
      await page.screenshot({path: `${folder}/failed-${index + 1}.png`}).catch(() => {});
      console.log(`# screenshot: ${folder}/failed-${index + 1}.png`);
    }
    await context.close();
  }
  await browser.close();
  console.log(`1..${tests.length}`);
  return failed;
}
