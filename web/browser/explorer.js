import assert from 'node:assert/strict';
import { accessible } from './axe.js';
import { ask, ready, run, saved, spent, view } from './steps.js';

/** The explorer. */
export const cases = [
  ['a question is run, with its price before and its figures after', {}, async ({ page, filled, shoot }) => {
    await page.goto(`${filled.url}explorer`);
    await ready(page);
    await page.locator('.atlas-cost', { hasText: /Estimated [\d,]+ of [\d,]+ objects/ }).waitFor();
    await page.keyboard.press('Control+Enter');
    await run(page);
    await spent(page);
    assert.match(await page.locator('.atlas-spent').innerText(), /Status 200 · \d+ ms · .* · \d+ SQL statements? · \d+ rows/);
    await accessible(page);
    await shoot('explorer-light');
  }],
  ['a question is built by clicking', {}, async ({ page, filled }) => {
    await page.goto(`${filled.url}explorer#${new URLSearchParams({ query: '{ __typename }' })}`);
    await ready(page);
    await page.getByRole('button', { name: 'Show Query builder' }).click();
    const builder = page.locator('.graphiql-explorer-root');
    const field = (...path) => builder.locator(`${path.map((name) => `.graphiql-explorer-${name}`).join(' ')} > [data-field-name="${path.at(-1)}"]`);
    for (const path of [['sources'], ['sources', 'nodes'], ['sources', 'nodes', 'slug']]) await field(...path).click();
    const built = 'query { sources { nodes { slug } } }';
    await page.waitForFunction((built) => {
      const text = document.querySelector('.graphiql-query-editor .view-lines').innerText.replace(/\s+/g, ' ').trim();
      return text === built || text === built.replace('query ', '');
    }, built);
    await accessible(page);
    await run(page);
    await spent(page);
    await view(page, 'Table');
    await page.locator('.tabulator-row [tabulator-field=slug]', { hasText: 'arc42-quality' }).waitFor();
  }],
  ['completion offers fields of the schema', {}, async ({ page, filled }) => {
    await page.goto(`${filled.url}explorer#${new URLSearchParams({ query: '{ ' })}`);
    await ready(page);
    await page.locator('.graphiql-query-editor .view-lines').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('technologiesBy');
    await page.locator('.suggest-widget', { hasText: 'technologiesByKeys' }).waitFor();
  }],
  ['the table sorts, filters and leaves columns out; CSV holds its rows', {}, async ({ page, filled, readFile, shoot }) => {
    await ask(page, filled, 'Which technologies are used most?');
    await view(page, 'Table');
    await page.locator('.tabulator-row').first().waitFor();
    await page.getByLabel('Filter by kind').fill('frame');
    await page.waitForFunction(() => [...document.querySelectorAll('.tabulator-row')].every((row) => row.textContent.includes('FRAMEWORK')));
    await page.locator('.tabulator-col-title', { hasText: /^name$/ }).click();
    const names = await page.locator('.tabulator-row [tabulator-field=name]').allInnerTexts();
    assert.deepEqual(names, [...names].sort((a, b) => a.toLowerCase().localeCompare(b.toLowerCase())));
    const csv = await readFile(await saved(page, 'Download rows as CSV'), 'utf8');
    assert.equal(csv.split('\r\n')[0], 'slug,name,kind,adopterCount');
    assert.equal(csv.split('\r\n').length, 52);
    await page.locator('.atlas-options summary').click();
    await page.getByRole('checkbox', { name: 'slug' }).uncheck();
    await page.waitForFunction(() => !document.querySelector('.tabulator-col[tabulator-field=slug]'));
    await accessible(page);
    await shoot('table-light');
  }],
  ['nested lists can be chosen', {}, async ({ page, filled }) => {
    await ask(page, filled, 'What does Spotify use, by category?');
    await view(page, 'Table');
    await page.getByLabel('Which list to show').selectOption('company.stack.usages');
    await page.locator('.tabulator-col[tabulator-field="technology.name"]').waitFor();
  }],
  ['the chart is drawn and kept', {}, async ({ page, filled, readFile, shoot }) => {
    await ask(page, filled, 'Who uses Go and Kubernetes, but not Rust?');
    await view(page, 'Chart');
    await page.locator('.atlas-picture svg rect').nth(5).waitFor();
    const svg = await readFile(await saved(page, 'Download chart as SVG'), 'utf8');
    assert.ok(svg.startsWith('<svg') && svg.includes('xmlns="http://www.w3.org/2000/svg"'));
    const png = await readFile(await saved(page, 'Download chart as PNG'));
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    await shoot('chart-light');
  }],
  ['the graph joins what belongs together; a node opens', {}, async ({ page, filled, readFile, shoot }) => {
    await ask(page, filled, 'What is React related to?');
    await view(page, 'Graph');
    await page.locator('.atlas-node').nth(3).waitFor();
    await shoot('graph-light');
    const png = await readFile(await saved(page, 'Download graph as PNG'));
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    await page.locator('.atlas-node', { hasText: 'React' }).first().focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => JSON.stringify(localStorage).includes('query About'));
  }],
  ['a link brings question and variables, never the key', {}, async ({ page, filled, context }) => {
    await ask(page, filled, 'What is "golang"?');
    await page.getByRole('button', { name: 'API key' }).click();
    await page.getByLabel('API key, kept').fill('secret-key');
    await page.getByRole('button', { name: 'Link: copy' }).click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(link.startsWith(`${filled.url}explorer#query=`) && link.includes('golang') && !link.includes('secret'));
    await page.getByRole('button', { name: 'cURL: copy' }).click();
    const curl = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(curl.includes('$API_KEY') && curl.includes(`${filled.url}graphql`) && !curl.includes('secret'));
    await page.getByRole('button', { name: 'fetch: copy' }).click();
    assert.ok(!(await page.evaluate(() => navigator.clipboard.readText())).includes('secret'));
    const other = await context.browser().newContext();
    const shared = await other.newPage();
    await shared.goto(link);
    await ready(shared);
    await shared.waitForFunction(() => document.querySelector('.graphiql-editor-tools, .graphiql-editors').textContent.includes('golang'));
    await other.close();
  }],
  ['the key is sent, and stored nowhere', {}, async ({ page, filled }) => {
    await page.goto(`${filled.url}explorer`);
    await ready(page);
    await page.getByRole('button', { name: 'API key' }).click();
    await page.getByLabel('API key, kept').fill('secret-key');
    const [request] = await Promise.all([
      page.waitForRequest((it) => it.headers()['x-stack-atlas-explain'] === '1'),
      page.locator('.graphiql-execute-button').click(),
    ]);
    assert.equal(request.headers().authorization, 'Bearer secret-key');
    await spent(page);
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    assert.ok(stored.includes('MostUsed') && !stored.includes('secret-key'));
  }],
  ['in the dark', { colorScheme: 'dark' }, async ({ page, filled, shoot }) => {
    await ask(page, filled, 'Which technologies do companies share?');
    await view(page, 'Graph');
    await page.locator('.atlas-node').nth(20).waitFor();
    await accessible(page);
    await shoot('explorer-dark');
  }],
  ['on a phone', { viewport: { width: 390, height: 844 } }, async ({ page, filled, shoot }) => {
    await page.goto(`${filled.url}explorer`);
    await ready(page);
    await run(page);
    await spent(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0);
    await shoot('explorer-390');
  }],
  ['the editor can be used soon', {}, async ({ page, filled }) => {
    const times = [];
    let size = 0;
    for (let run = 0; run < 3; run += 1) {
      await page.goto('about:blank');
      const started = Date.now();
      await page.goto(`${filled.url}explorer`);
      await ready(page);
      times.push(Date.now() - started);
      await page.locator('.atlas-cost', { hasText: 'Estimated' }).waitFor();
      size = await page.evaluate(() => performance.getEntries().reduce((sum, { transferSize = 0 }) => sum + transferSize, 0));
    }
    console.log(`# ${Math.round(size / 1000)} kB for a visit without a cache`);
    console.log(`# editor after ${times.sort((a, b) => a - b)[1]} ms (median of ${times.join(', ')})`);
  }],
];
