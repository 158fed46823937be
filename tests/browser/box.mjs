/* SPDX-License-Identifier: GPL-3.0-or-later */
/* box.mjs URL CHROMIUM FOLDER: what a visitor of the page sees and can do.  Screenshots go to FOLDER. */
import {createServer} from 'node:http';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {gzipSync} from 'node:zlib';
import {assert, runAll} from './harness.mjs';

const [base, executable, folder] = process.argv.slice(2);
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// ---- Small words ----

const field = (page) => page.getByRole('combobox');
const options = (page) => page.getByRole('option');
const hits = (page) => page.locator('fihris-box li.hit');
const titles = (page) => hits(page).locator('h2').allInnerTexts();
const status = (page) => page.locator('fihris-box .status');
const chips = (page) => page.locator('fihris-box .chips button');

async function open(page, query = '') {
  await page.goto(base + query);
  await field(page).waitFor();
}

async function search(page, text) {
  await field(page).fill(text);
  await page.keyboard.press('Enter');
  await hits(page).first().waitFor();
}

/** Polls until a function of no arguments gives what is wanted. */
async function becomes(read, wanted) {
  const end = Date.now() + 8000;
  let found;
  for (;;) {
    found = await read();
    try {
      return assert.deepEqual(found, wanted);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((go) => setTimeout(go, 30));
  }
}

/** What axe-core itself tries to style is no fault of the page. */
async function isAccessible(page, said) {
  assert.deepEqual(said, []);
  await page.waitForTimeout(300); // until what moves has come to rest
  await page.evaluate(axeSource); // by the debugger, which no policy stops
  const found = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}));
  said.length = 0;
  assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html).join(' | ')}`), []);
}

const shot = (page, name) => page.screenshot({path: `${folder}/${name}.png`});

/** A page of another site, whose policy lets it load the box and ask its server, and nothing else. */
async function otherSite(body, lang = 'ar') {
  const origin = new URL(base).origin;
  const policy = `default-src 'none'; script-src ${origin}; style-src ${origin} 'nonce-x'; connect-src ${origin}; img-src data:`;
  const server = createServer((request, response) => {
    response.writeHead(200, {'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy});
    response.end(`<!doctype html><html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}"><title>موقع</title>
      <link rel="icon" href="data:,"><script src="${base}box.js" defer></script>${body}</html>`);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  server.unref(); // a test that fails does not come to close it
  return {url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close()};
}

// ---- What it does ----

const tests = [];
const test = (name, run, settings = {}) => tests.push([name, settings, run]);

test('typing shows suggestions of each kind, and results under them', async (page) => {
  await open(page);
  await field(page).pressSequentially('القاهر', {delay: 40});
  await options(page).first().waitFor();
  await becomes(() => page.locator('fihris-box .group').allInnerTexts(), ['كلمات', 'أعلام وأماكن', 'عناوين']);
  assert.equal(await field(page).getAttribute('aria-expanded'), 'true');
  await hits(page).first().waitFor();
  await page.waitForLoadState('networkidle'); // results of fewer letters may come first
  assert.match(await status(page).innerText(), /^[٠-٩]+ نت/);
  assert.match(await page.locator('fihris-box .unseen').textContent(), /اقتراح/);
  await shot(page, 'typing');
});

test('the list is walked and chosen from by keyboard, as the combobox pattern has it', async (page) => {
  await open(page);
  await field(page).pressSequentially('القاهر');
  await options(page).first().waitFor();
  await page.waitForLoadState('networkidle'); // an answer that comes later makes a new list
  const active = () => field(page).getAttribute('aria-activedescendant');
  await page.keyboard.press('ArrowDown');
  assert.equal(await active(), 'option0');
  assert.equal(await page.locator('fihris-box [aria-selected=true]').count(), 1);
  await page.keyboard.press('ArrowUp');
  assert.equal(await active(), null);
  await page.keyboard.press('ArrowUp');
  assert.equal(await active(), `option${await options(page).count() - 1}`);
  await page.keyboard.press('Home');
  assert.equal(await active(), null);
  assert.equal(await field(page).evaluate((node) => node.selectionStart), 0);
  await page.keyboard.press('End');
  assert.equal(await field(page).evaluate((node) => node.selectionStart), 6);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.equal(await field(page).inputValue(), 'القاهرة');
  assert.equal(await field(page).getAttribute('aria-expanded'), 'false');
  await hits(page).first().waitFor();
});

test('Escape closes the list, and then empties the field', async (page) => {
  await open(page);
  await field(page).pressSequentially('القاهر');
  await options(page).first().waitFor();
  await page.waitForLoadState('networkidle'); // an answer that comes later makes a new list
  await page.keyboard.press('Escape');
  assert.equal(await options(page).count(), 0);
  assert.equal(await field(page).inputValue(), 'القاهر');
  await page.keyboard.press('Escape');
  assert.equal(await field(page).inputValue(), '');
  await becomes(() => hits(page).count(), 0);
});

test('slash and Control-K open it, and are never taken from another field', async (page) => {
  const site = await otherSite('<label>نص <textarea></textarea></label><fihris-box></fihris-box>');
  await page.goto(site.url);
  await field(page).waitFor();
  const focused = () => page.evaluate(() => document.activeElement.localName);
  for (const key of ['/', 'Control+k', 'Meta+k']) {
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press(key);
    assert.equal(await focused(), 'fihris-box', key);
    assert.equal(await field(page).inputValue(), '');
  }
  await page.locator('textarea').focus();
  await page.keyboard.press('/');
  await page.keyboard.press('Control+k');
  assert.equal(await focused(), 'textarea');
  assert.equal(await page.locator('textarea').inputValue(), '/');
  site.close();
});

test('words and entities are marked apart, in whole words', async (page) => {
  await open(page);
  await search(page, 'رئيس تركيا');
  const marks = (kind) => page.locator(`fihris-box mark.${kind}`).allInnerTexts();
  assert.ok((await marks('entity')).includes('تركيا'));
  assert.ok((await marks('term')).includes('للرئيس'));
  const colour = (kind) => page.locator(`fihris-box mark.${kind}`).first().evaluate((n) => getComputedStyle(n).backgroundColor);
  assert.notEqual(await colour('entity'), await colour('term'));
  await page.locator('fihris-box .facets').waitFor();
  await page.evaluate(() => document.querySelector('fihris-box').shadowRoot.activeElement.blur());
  await shot(page, 'search'); // for the README
});

test('an entity chosen becomes a chip, and the chip goes when it is clicked', async (page) => {
  await open(page);
  await field(page).pressSequentially('putin');
  await page.getByRole('option', {name: 'فلاديمير بوتين'}).click();
  await becomes(() => chips(page).allInnerTexts(), ['فلاديمير بوتين']);
  assert.equal(new URL(page.url()).search, '?entity=vladimir-putin');
  await hits(page).first().waitFor();
  await page.reload();
  await becomes(() => chips(page).allInnerTexts(), ['فلاديمير بوتين']); // by its name, not its id
  await chips(page).click();
  await becomes(() => hits(page).count(), 0);
  assert.equal(new URL(page.url()).search, '');
});

test('facets narrow the results: outlet, period by its bars, name', async (page) => {
  await open(page);
  await search(page, 'مصر');
  const outlet = page.locator('fihris-box .values button', {hasText: 'المدار الاقتصادي'});
  await outlet.click();
  await becomes(() => status(page).innerText(), '٣ نتائج');
  await becomes(() => outlet.getAttribute('aria-pressed'), 'true');
  const bars = page.locator('fihris-box .bars button');
  await becomes(async () => (await bars.count()) > 0, true);
  const label = await bars.first().getAttribute('aria-label');
  assert.match(label, /^[؀-ۿ]+ [٠-٩]{4}: [٠-٩]+$/);
  const heights = await page.locator('fihris-box .bar').evaluateAll((all) => all.map((n) => n.offsetHeight));
  assert.ok(Math.max(...heights) > 40 && Math.min(...heights) > 0, String(heights));
  await bars.first().click();
  await becomes(() => chips(page).allInnerTexts(), ['المدار الاقتصادي', label.split(':')[0]]);
  await shot(page, 'facets');
  await chips(page).first().click();
  await becomes(() => chips(page).count(), 1);
});

test('newest first, and back to the most relevant', async (page) => {
  await open(page);
  await search(page, 'مصر');
  const before = await titles(page);
  await page.getByRole('button', {name: 'الأحدث'}).click();
  await becomes(async () => {
    const days = await page.locator('fihris-box li.hit time').evaluateAll((all) => all.map((n) => n.dateTime.slice(0, 10)));
    return days.join() === [...days].sort().reverse().join() && days.length > 5;
  }, true);
  assert.equal(new URL(page.url()).searchParams.get('sort'), 'newest');
  await page.getByRole('button', {name: 'الأوثق صلة'}).click();
  await becomes(() => titles(page), before);
});

test('pages', async (page) => {
  await open(page);
  await search(page, 'مصر');
  const first = await titles(page);
  await page.getByRole('button', {name: 'التالي'}).click();
  await becomes(async () => (await titles(page)).some((title) => first.includes(title)), false);
  assert.equal(new URL(page.url()).searchParams.get('offset'), '10');
  assert.match(await page.locator('fihris-box .pages').innerText(), /صفحة ٢/);
  await page.goBack();
  await becomes(() => titles(page), first);
});

test('back and forward go through searches, and everything typed at once is one step', async (page) => {
  await open(page);
  await field(page).pressSequentially('بوتين', {delay: 20});
  await page.keyboard.press('Enter');
  await hits(page).first().waitFor();
  await search(page, 'مصر');
  await page.goBack();
  await becomes(() => field(page).inputValue(), 'بوتين');
  await becomes(async () => (await titles(page)).some((title) => title.includes('بوتين')), true);
  await page.goBack();
  await becomes(() => field(page).inputValue(), '');
  await page.goForward();
  await page.goForward();
  await becomes(() => field(page).inputValue(), 'مصر');
  await becomes(async () => (await hits(page).count()) > 0, true);
});

test('a link that was shared shows the same', async (page) => {
  await open(page, '?q=%D9%85%D8%B5%D8%B1&source=%D8%A7%D9%84%D9%85%D9%84%D8%B9%D8%A8&period=2024&sort=newest');
  await hits(page).first().waitFor();
  assert.equal(await field(page).inputValue(), 'مصر');
  assert.deepEqual(await chips(page).allInnerTexts(), ['الملعب', '٢٠٢٤']);
  assert.equal(await page.getByRole('button', {name: 'الأحدث'}).getAttribute('aria-pressed'), 'true');
});

// ---- When things go wrong ----

test('an answer that was overtaken is not shown', async (page) => {
  await open(page);
  let held;
  await page.route(/search\?q=%D8%A8%D9%88%D8%AA%D9%8A%D9%86&/, async (route) => {
    held = new Promise((go) => setTimeout(go, 700)).then(() => route.continue().catch(() => {}));
    await held;
  });
  await field(page).fill('بوتين');
  await page.waitForTimeout(250);
  await search(page, 'مصر');
  await held;
  await page.waitForTimeout(200);
  assert.equal(await status(page).innerText(), '٢١ نتيجة');
});

test('errors are told kindly, and can be tried again', async (page, said) => {
  await open(page);
  await page.route('**/search?*', (route) => route.fulfill({status: 503, json: {status: 503}}));
  await field(page).fill('مصر');
  await page.keyboard.press('Enter');
  await becomes(() => status(page).innerText(), 'تعذّر البحث الآن. تحقق من الاتصال ثم أعد المحاولة.');
  await page.unroute('**/search?*');
  await page.getByRole('button', {name: 'إعادة المحاولة'}).click();
  await hits(page).first().waitFor();
  await field(page).fill('"مصر');
  await page.keyboard.press('Enter');
  await becomes(() => status(page).innerText(), 'لم نفهم عبارة البحث. راجع علامات التنصيص والأقواس.');
  assert.equal(said.every((line) => /status of (503|400)/.test(line)), true, said.join());
  said.length = 0; // the browser's own notes of the two
});

test('nothing found says what to do', async (page) => {
  await open(page, '?q=%D8%A8%D9%88%D8%AA%D9%8A%D9%86&source=nobody');
  await becomes(() => status(page).innerText(), 'لا نتائج مع هذه المرشحات.');
  await page.getByRole('button', {name: 'إزالة كل المرشحات'}).click();
  await hits(page).first().waitFor();
  await field(page).fill('بوتبن');
  await page.keyboard.press('Enter');
  await page.locator('fihris-box .notes').getByRole('button', {name: 'بوتين'}).click();
  await becomes(() => field(page).inputValue(), 'بوتين');
});

test('what a hostile article holds is text', async (page) => {
  await open(page);
  await search(page, 'قنديل');
  assert.equal(await hits(page).count(), 3);
  await page.mouse.move(500, 300);
  await hits(page).first().click();
  const inside = await page.locator('fihris-box').evaluate((box) => ({
    hurt: window.hurt ?? null, at: location.pathname,
    nodes: box.shadowRoot.querySelectorAll('script, img, iframe, svg, meta, base, style, form form').length,
    links: [...box.shadowRoot.querySelectorAll('.hit a')].map((a) => a.href),
    turned: box.shadowRoot.textContent.match(/[\u202a-\u202e\u2066-\u2069]/g)}));
  assert.deepEqual(inside, {hurt: null, at: '/', nodes: 0, links: [], turned: null});
  assert.match((await titles(page)).join(), /<\/script><script>window\.hurt=1<\/script>/);
  await field(page).pressSequentially(' ');
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => window.hurt ?? null), null);
});

test('a hostile address is text', async (page) => {
  await open(page, '?q=' + encodeURIComponent('<img src=x onerror=window.hurt=1>') + '&source=' +
    encodeURIComponent('<svg onload=window.hurt=2>'));
  await becomes(() => chips(page).allInnerTexts(), ['<svg onload=window.hurt=2>']);
  assert.equal(await page.evaluate(() => window.hurt ?? null), null);
});

// ---- How it looks ----

const box = (locator) => locator.evaluate((node) => node.getBoundingClientRect().toJSON());

test('right to left: everything stands on its proper side', async (page) => {
  await open(page);
  await search(page, 'مصر');
  const input = await box(field(page)), button = await box(page.getByRole('button', {name: 'بحث', exact: true}));
  assert.ok(button.right <= input.left, 'the button is left of the field');
  await page.locator('fihris-box .facets').waitFor();
  const facets = await box(page.locator('fihris-box .facets')), list = await box(page.locator('fihris-box .hits'));
  assert.ok(facets.right <= list.left, 'facets are left of the results');
  const title = await hits(page).first().locator('h2').evaluate((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return {text: range.getBoundingClientRect().right, edge: node.getBoundingClientRect().right};
  });
  assert.ok(Math.abs(title.text - title.edge) < 2, 'titles begin at the right');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
  await shot(page, 'right-to-left');
});

test('left to right in English, with Latin digits', async (page) => {
  await open(page, '?lang=en');
  await search(page, 'مصر');
  const input = await box(field(page)), button = await box(page.getByRole('button', {name: 'Search', exact: true}));
  assert.ok(button.left >= input.right, 'the button is right of the field');
  assert.equal(await status(page).innerText(), '21 results');
  assert.equal(new URL(page.url()).searchParams.get('lang'), 'en');
  await shot(page, 'english');
});

test('the field takes the direction of what is typed', async (page) => {
  await open(page);
  const direction = () => field(page).evaluate((node) => getComputedStyle(node).direction);
  assert.equal(await direction(), 'rtl');
  await field(page).fill('google');
  assert.equal(await direction(), 'ltr');
  await field(page).fill('غوغل');
  assert.equal(await direction(), 'rtl');
});

test('a narrow screen', async (page, said) => {
  await open(page);
  await search(page, 'مصر');
  await page.locator('fihris-box .facets').waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
  await shot(page, 'narrow');
  await isAccessible(page, said);
}, {viewport: {width: 360, height: 740}});

test('printed, only what was found is left', async (page) => {
  await open(page);
  await search(page, 'مصر');
  await page.emulateMedia({media: 'print'});
  for (const part of ['.form', '.facets', '.pages']) assert.equal(await page.locator('fihris-box ' + part).isVisible(), false, part);
  assert.ok(await hits(page).first().isVisible());
});

test('the focus can be seen, and everything can be reached by Tab', async (page) => {
  await open(page);
  await search(page, 'مصر');
  await page.locator('fihris-box .facets').waitFor();
  const seen = new Set();
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(() => {
      const node = document.querySelector('fihris-box').shadowRoot.activeElement;
      return node && {part: node.getAttribute('part'), outline: getComputedStyle(node).outlineStyle};
    });
    if (!now) continue;
    assert.equal(now.outline, 'solid', now.part);
    seen.add(now.part);
  }
  for (const part of ['button', 'order', 'name', 'page-button', 'facet']) assert.ok(seen.has(part), `${part}: ${[...seen]}`);
});

for (const [name, settings] of [['light', {}], ['dark', {colorScheme: 'dark'}], ['forced colours', {forcedColors: 'active'}],
  ['more contrast', {contrast: 'more'}]]) {
  test(`no fault that axe-core knows: ${name}`, async (page, said) => {
    await open(page);
    await isAccessible(page, said);
    await field(page).pressSequentially('القاهر');
    await options(page).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await isAccessible(page, said);
    await search(page, 'مصر');
    await page.locator('fihris-box .facets').waitFor();
    await page.locator('fihris-box .values button').first().click();
    await becomes(() => chips(page).count(), 1);
    await isAccessible(page, said);
    await shot(page, name.replace(' ', '-'));
  }, settings);
}

test('nothing moves for those who want less of it', async (page) => {
  await open(page);
  assert.equal(await page.locator('fihris-box .hits').evaluate((n) => getComputedStyle(n).transitionProperty), 'none');
}, {reducedMotion: 'reduce'});

// ---- On other pages ----

test('a form becomes a box, which a page dresses and hears', async (page) => {
  const site = await otherSite(`<style nonce="x">fihris-box { --fihris-accent: rgb(120, 0, 120); }
    fihris-box::part(button) { border-radius: 0 }</style>
    <form data-fihris="${base}" data-digits="latn" action="/elsewhere"><input type="search" name="s" placeholder="ابحث هنا"></form>`);
  await page.goto(site.url);
  await field(page).waitFor();
  assert.equal(await field(page).getAttribute('placeholder'), 'ابحث هنا');
  const button = page.getByRole('button', {name: 'بحث'});
  assert.deepEqual(await button.evaluate((n) => [getComputedStyle(n).backgroundColor, getComputedStyle(n).borderRadius]),
    ['rgb(120, 0, 120)', '0px']);
  await page.evaluate(() => {
    window.heard = [];
    for (const name of ['search', 'choose', 'open', 'error'])
      document.addEventListener('fihris-' + name, (event) => window.heard.push([name, event.detail]));
    document.addEventListener('click', (event) => event.preventDefault());
  });
  await field(page).pressSequentially('معرض القاهر');
  await options(page).first().click();
  const found = ([name, detail]) => name === 'search' && detail.total > 0;
  await becomes(async () => (await page.evaluate(() => window.heard)).some(found), true);
  await page.locator('fihris-box .hit a').first().click();
  const heard = await page.evaluate(() => window.heard);
  assert.ok(heard.some(([name, detail]) => name === 'choose' && detail.kind === 'word' && detail.text === 'معرض القاهرة'));
  assert.ok(heard.filter(found).every(([, detail]) => detail.took >= 0));
  assert.ok(heard.some(([name, detail]) => name === 'open' && /^https:/.test(detail.url)));
  assert.match(await status(page).innerText(), /[0-9]|نتيجتان|نتيجة/);
  site.close();
});

test('without JavaScript the page searches too', async (page) => {
  await page.goto(base);
  await page.getByRole('searchbox').fill('مصر');
  await page.getByRole('button', {name: 'بحث'}).click();
  await page.waitForURL(/q=/);
  assert.equal(await page.locator('ol > li').count(), 10);
  assert.ok((await page.locator('mark.entity').count()) > 0);
  await page.getByRole('link', {name: 'التالي'}).click();
  await page.waitForURL(/offset=10/);
  assert.equal(await page.locator('ol').getAttribute('start'), '11');
  await page.getByRole('link', {name: 'الأحدث'}).click();
  await page.waitForURL(/sort=newest/);
  await shot(page, 'plain');
}, {javaScriptEnabled: false});

test('script and style are at most 15 KB together', async (page) => {
  const bytes = async (name) => gzipSync(await (await page.request.get(base + name)).body()).length;
  const size = await bytes('box.js') + await bytes('box.css');
  assert.ok(size <= 15 * 1024, `${size} bytes`);
});

process.exitCode = (await runAll(tests, {executable, folder})) ? 1 : 0;
