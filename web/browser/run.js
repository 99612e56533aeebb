// The pages in a real browser. Usage: node browser/run.js PROGRAM [FOLDER FOR SCREENSHOTS [PART OF A NAME]]
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bigCases } from './big.js';
import { eventCases } from './events.js';
import { cases } from './explorer.js';
import { failingCases } from './failing.js';
import { homeCases } from './home.js';
import { plainCases } from './plain.js';
import { browser, open, serve } from './support.js';

const [program, screenshots, part = ''] = process.argv.slice(2);
assert.ok(program, 'name the program to test');
if (screenshots) await mkdir(screenshots, { recursive: true });

const instance = await browser();
const filled = await serve(resolve(program));
const empty = await serve(resolve(program), '--prepare', 'tables');
const secret = await serve(resolve(program), '--introspection', 'off');
const full = (await (await fetch(`${filled.url}explorer`)).text()).includes('id="explorer"');
const wanted = process.env.STACK_ATLAS_PAGES;
if (wanted === 'full') assert.ok(full, 'the program was built without the explorer');
if (wanted === 'plain') assert.ok(!full, 'the program was built with the explorer');

let failed = 0;
const all = full ? [...homeCases, ...cases, ...bigCases, ...failingCases, ...eventCases] : [...homeCases, ...plainCases];
for (const [name, options, run] of all.filter(([name]) => name.includes(part))) {
  const { page, context, wrongs } = await open(instance, options);
  const shoot = (file) => screenshots && page.screenshot({ path: join(screenshots, `${file}.png`) });
  try {
    await run({ page, context, wrongs, shoot, readFile, filled, empty, secret, full });
    assert.deepEqual(wrongs, [], 'nothing may go wrong on the side');
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${name}\n${error.stack}\n${wrongs.join('\n')}`);
    await shoot(`failed-${failed}`);
  } finally {
    await context.close();
  }
}
await instance.close();
filled.stop();
empty.stop();
secret.stop();
console.log(failed === 0 ? 'all well' : `${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
