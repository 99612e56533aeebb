import assert from 'node:assert/strict';
import { ready, run, view } from './steps.js';

const failure = (page) => page.locator('.atlas-failure');
const HTML = { status: 502, contentType: 'text/html; charset=utf-8', body: '<html><head><title>502 Bad Gateway</title></head></html>' };

/** Opens the explorer, lets the service fail as told, and runs the question. */
async function failing({ page, filled, context }, answer) {
  await page.goto(`${filled.url}explorer`);
  await ready(page);
  await context.route('**/graphql', answer);
  await run(page);
}

/** The browser itself complains of connections and statuses. */
function forgive(wrongs) {
  wrongs.splice(0, wrongs.length, ...wrongs.filter((wrong) => !wrong.includes('Failed to load resource')));
}

async function says(page, status, ...words) {
  const text = await failure(page).innerText();
  for (const word of words) assert.ok(text.includes(word), `${word}: ${text}`);
  assert.match(await page.locator('.atlas-spent').innerText(), status);
  const editor = await page.evaluate(() => document.querySelector('.graphiql-response').textContent);
  assert.ok(!/\bat .*\.js|stack|Not run yet/.test(editor), editor);
}

/** Services that do not answer as they should. */
export const failingCases = [
  ['a service that is stopped is told as such; it is asked again when it is back', {}, async (test) => {
    const { page, context, wrongs, shoot } = test;
    await failing(test, (route) => route.abort('connectionrefused'));
    await failure(page).waitFor();
    await says(page, /^No answer · \d+ ms$/, 'cannot be reached', 'run it again');
    await shoot('failing-stopped');
    for (const name of ['Table', 'Chart', 'Graph', 'JSON']) {
      await view(page, name);
      assert.equal(await page.locator('.atlas-view').count(), 1);
    }
    await context.unroute('**/graphql');
    await page.getByRole('button', { name: 'Run it again' }).click();
    await page.locator('.atlas-spent', { hasText: 'Status 200' }).waitFor();
    assert.equal(await failure(page).count(), 0);
    forgive(wrongs);
  }],
  ['a page of a proxy is told as such', {}, async (test) => {
    await failing(test, (route) => route.fulfill(HTML));
    await failure(test.page).waitFor();
    await says(test.page, /^Status 502 · /, 'status 502', 'text/html', '“502 Bad Gateway”', 'may be down');
    forgive(test.wrongs);
  }],
  ['an error of the service is shown in its own words', {}, async (test) => {
    const { page, wrongs } = test;
    const errors = [{ message: 'Something went wrong.', extensions: { code: 'INTERNAL' } }];
    await failing(test, (route) => route.fulfill({ status: 500, json: { errors } }));
    await page.locator('.atlas-spent', { hasText: /^Status 500 · .* · 1 error$/ }).waitFor();
    assert.equal(await failure(page).count(), 0);
    await view(page, 'Table');
    assert.equal(await page.locator('.atlas-view .atlas-wrong').innerText(), 'Something went wrong.');
    assert.equal(await page.locator('.atlas-empty').innerText(), 'The answer holds no data.');
    forgive(wrongs);
  }],
  ['no one waits for ever', {}, async (test) => {
    const { page, filled, context, shoot, wrongs } = test;
    await page.clock.install();
    await page.goto(`${filled.url}explorer`);
    await page.clock.runFor(5000);
    await ready(page);
    await context.route('**/graphql', () => {});
    await page.locator('.graphiql-execute-button').click();
    await page.clock.runFor(59_000);
    assert.equal(await failure(page).count(), 0);
    await page.clock.runFor(2000);
    await failure(page).waitFor();
    await says(page, /^No answer · /, 'within 60 seconds');
    await shoot('failing-slow');
    forgive(wrongs);
  }],
  ['a schema that cannot be read is told, and asked for again', {}, async ({ page, filled, context, wrongs }) => {
    await context.route('**/graphql', (route) => route.fulfill(HTML));
    await page.goto(`${filled.url}explorer`);
    const notice = page.locator('.atlas-notice');
    await notice.waitFor();
    assert.match(await notice.innerText(), /could not be read.*completion.*“502 Bad Gateway”/);
    await context.unroute('**/graphql');
    await notice.getByRole('button').click();
    await notice.waitFor({ state: 'detached' });
    forgive(wrongs);
  }],
  ['a service that keeps its schema to itself says so, and answers', {}, async ({ page, secret, shoot }) => {
    await page.goto(`${secret.url}explorer`);
    const notice = page.locator('.atlas-notice');
    await notice.waitFor();
    assert.match(await notice.innerText(), /^This service keeps its schema to itself\. Docs, completion, .* are missing; questions run all the same\.$/);
    assert.equal(await notice.getByRole('button').count(), 0);
    // The notice can be there before the editor is.
    await page.locator('.monaco-editor .view-line', { hasText: 'MostUsed' }).first().waitFor();
    await run(page);
    await page.locator('.atlas-spent', { hasText: /Status 200 · .* · \d+ rows$/ }).waitFor();
    await view(page, 'Table');
    await page.locator('.tabulator-row').first().waitFor();
    await shoot('without-schema');
  }],
  ['every tab keeps its own answer', {}, async ({ page, filled }) => {
    await page.goto(`${filled.url}explorer`);
    await ready(page);
    await run(page);
    await page.locator('.atlas-spent', { hasText: 'Status 200' }).waitFor();
    await view(page, 'Table');
    await page.locator('.tabulator-row').first().waitFor();
    await page.getByRole('button', { name: 'New tab' }).click();
    await page.locator('.atlas-spent', { hasText: 'Not run yet' }).waitFor();
    assert.equal(await page.locator('.atlas-empty').innerText(), 'Run a question first: Ctrl+Enter.');
    await page.locator('.graphiql-tab-button').first().click();
    await page.locator('.tabulator-row').first().waitFor();
  }],
];
