import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { costOf, spent } from '../src/figures.js';
import { fromFragment, readVariables, toCurl, toFetch, toFragment } from '../src/share.js';

const QUESTION = { query: `{ a(b: "it's & #1") }`, variables: '{"x": "ü"}' };

test('a link holds question and variables, and comes back whole', () => {
  assert.deepEqual(fromFragment(toFragment(QUESTION)), QUESTION);
  assert.deepEqual(fromFragment(toFragment({ query: '{a}', variables: ' ' })), { query: '{a}', variables: '' });
  assert.equal(fromFragment('#else=1'), null);
});

test('a cURL command survives the shell', () => {
  const command = toCurl('http://x/graphql', QUESTION, true).replace(/^curl/, 'printf "%s\\n"');
  const lines = execFileSync('sh', ['-c', command], { env: { API_KEY: 'k' }, encoding: 'utf8' }).trim().split('\n');
  assert.equal(lines.at(-1), JSON.stringify({ query: QUESTION.query, variables: { x: 'ü' } }));
  assert.ok(lines.includes('authorization: Bearer k'));
  assert.ok(!toCurl('http://x', QUESTION).includes('authorization'));
});

test('the fetch call is JavaScript', () => {
  const code = toFetch('http://x/graphql', QUESTION, true);
  const AsyncFunction = (async () => {}).constructor;
  assert.doesNotThrow(() => new AsyncFunction(code));
  assert.match(code, /\$\{API_KEY\}/);
});

test('variables that are no object are none', () => {
  for (const text of ['', '[1]', '{', 'null']) assert.deepEqual(readVariables(text), {});
});

test('figures are told in words', () => {
  assert.equal(costOf({ extensions: { cost: { estimated: 1200, limit: 50000 } } }).text, 'Estimated 1,200 of 50,000 objects');
  assert.equal(costOf({ errors: [{ message: 'Too much', extensions: { code: 'TOO_EXPENSIVE' } }] }).refused, true);
  assert.equal(costOf({ errors: [{ message: 'x' }] }), null);
  const answer = { body: { extensions: { cost: { statements: 1, rows: 20 } } }, status: 200, milliseconds: 12.4, bytes: 1500 };
  assert.equal(spent(answer), 'Status 200 · 12 ms · 1.5 kB · 1 SQL statement · 20 rows');
});
