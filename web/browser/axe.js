import assert from 'node:assert/strict';
import axe from 'axe-core';

/** Finds nothing that would keep people out. Run by the debugger, which the page's policy does not bind. */
export async function accessible(page, exclude = []) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((exclude) => globalThis.axe.run({ exclude }, { resultTypes: ['violations'] }), exclude.map((it) => [it]));
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(' | ')}`), []);
}
