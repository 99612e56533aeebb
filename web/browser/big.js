import assert from 'node:assert/strict';
import { ready, run, saved, view } from './steps.js';

const PAGE = 100;

/** An answer with so many rows, a hundred to a company as pages are. */
function answer(rows) {
  const usage = (index) => ({ since: 2000 + (index % 25), technology: { name: `Technology ${String(rows - index).padStart(5, '0')}` }, share: (index * 7919) % rows });
  const nodes = Array.from({ length: rows / PAGE }, (_, company) => ({
    name: `Company ${company}`,
    usages: { nodes: Array.from({ length: PAGE }, (__, index) => usage(company * PAGE + index)) },
  }));
  return { data: { companies: { nodes } } };
}

/** The longest time, in milliseconds, that the page could not react while `act` went on, and the time of it all. */
async function watched(page, act) {
  await page.evaluate(() => {
    globalThis.longest = 0;
    globalThis.watch ??= new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
    });
    globalThis.watch.observe({ type: 'longtask' });
  });
  const started = Date.now();
  await act();
  const took = Date.now() - started;
  const longest = await page.evaluate(() => {
    for (const { duration } of globalThis.watch.takeRecords()) globalThis.longest = Math.max(globalThis.longest, duration);
    return globalThis.longest;
  });
  return `${took} ms, the longest task ${Math.round(longest)} ms`;
}

const column = (page, name) => page.locator(`.tabulator-row [tabulator-field="${name}"]`);
const first = (page, text) => page.waitForFunction((text) => document.querySelector('.tabulator-row [tabulator-field="technology.name"]')?.textContent === text, text);
const scroll = (page, to) => page.locator('.tabulator-tableholder').evaluate((it, to) => { it.scrollTop = to === 'End' ? it.scrollHeight : 0; }, to);
const drawn = (page) => page.locator('.tabulator-row').count();

async function table(rows, { page, filled, context, readFile }) {
  await page.goto(`${filled.url}explorer`);
  await ready(page);
  await page.locator('.atlas-cost', { hasText: 'Estimated' }).waitFor();
  await context.route('**/graphql', (route) => (route.request().headers()['x-stack-atlas-explain'] === '1' ? route.fulfill({ json: answer(rows) }) : route.continue()));
  const figures = {};
  figures.answer = await watched(page, async () => {
    await run(page);
    await page.locator('.atlas-spent', { hasText: 'Status 200' }).waitFor();
  });
  figures.table = await watched(page, async () => {
    await view(page, 'Table');
    await page.getByLabel('Which list to show').selectOption('companies.usages');
    await column(page, 'technology.name').first().waitFor();
  });
  assert.match(await page.locator('.atlas-options').innerText(), new RegExp(`^${rows} rows`));
  assert.ok(await drawn(page) < 100, `${await drawn(page)} rows are in the page`);
  figures.scroll = await watched(page, async () => {
    await scroll(page, 'End');
    await column(page, 'technology.name').getByText('Technology 00001', { exact: true }).waitFor();
  });
  assert.ok(await drawn(page) < 100, `${await drawn(page)} rows are in the page`);
  await scroll(page, 'Home');
  figures.sort = await watched(page, async () => {
    await page.locator('.tabulator-col-title', { hasText: /^technology\.name$/ }).click();
    await first(page, 'Technology 00001');
  });
  figures.filter = await watched(page, async () => {
    await page.getByLabel('Filter by technology.name').fill('00042');
    await first(page, 'Technology 00042');
    await page.waitForFunction(() => document.querySelectorAll('.tabulator-row').length === 1);
  });
  const csv = await readFile(await saved(page, 'Download rows as CSV'), 'utf8');
  const lines = csv.split('\r\n');
  assert.deepEqual([lines.length, lines[0], lines[1]], [rows + 2, 'companies.name,since,technology.name,share', `Company 0,2000,Technology ${String(rows).padStart(5, '0')},0`]);
  for (const [name, figure] of Object.entries(figures)) console.log(`# ${rows} rows, ${name}: ${figure}`);
}

/** More rows than anyone reads. */
export const bigCases = [5000, 20000].map((rows) => [`a table of ${rows} rows draws those that are seen`, {}, (test) => table(rows, test)]);
