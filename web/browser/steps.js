// What tests do again and again.

/** Waits for the editor. */
export const ready = (page) => page.locator('.graphiql-query-editor .view-lines').waitFor();

/** Runs the question. */
export const run = (page) => page.locator('.graphiql-execute-button').click();

/** Waits for an answer. */
export const spent = (page) => page.locator('.atlas-spent', { hasText: 'Status 200' }).waitFor();

/** Chooses a view of the answer. */
export const view = (page, name) => page.locator('.atlas-bar').getByRole('button', { name, exact: true }).click();

/** Asks an example question. */
export async function ask(page, filled, title) {
  await page.goto(`${filled.url}explorer`);
  await ready(page);
  await page.locator('.atlas-examples').getByRole('button', { name: title }).click();
  await spent(page);
}

/** The file that a button saves. */
export async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return download.path();
}
