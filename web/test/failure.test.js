import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noAnswer, readAnswer, withoutSchema } from '../src/failure.js';
import { spent } from '../src/figures.js';

test('answers of GraphQL are taken as they are, whatever their status', () => {
  assert.deepEqual(readAnswer('{"data":null,"errors":[]}', 500, 'application/json'), { body: { data: null, errors: [] } });
});

test('what is no answer of GraphQL is named by status, type and title', () => {
  const page = '<!doctype html><title>\n 504 Gateway Time-out </title>';
  const { failure, body } = readAnswer(page, 504, 'text/html; charset=utf-8');
  assert.equal(failure, 'The answer has status 504 and is text/html (“504 Gateway Time-out”), which is not JSON. '
    + 'A proxy before the service seems to answer in its place: the service may be down. Try again in a little while.');
  assert.deepEqual(body, { errors: [{ message: failure }] });
  for (const text of ['"text"', 'null', '[1]', '7', '{"message":"no"}']) {
    assert.match(readAnswer(text, 200, null).failure, /^The answer has status 200 and is of no type, which is JSON but no answer of GraphQL\..*sign-in page/);
  }
});

test('silence and refusal are told apart', () => {
  assert.match(noAnswer(new DOMException('x', 'TimeoutError')).failure, /^No answer came within 60 seconds\./);
  assert.match(noAnswer(new TypeError('Failed to fetch')).failure, /^The service cannot be reached \(Failed to fetch\)\./);
  assert.equal(spent({ status: null, milliseconds: 12.4, bytes: 0 }), 'No answer · 12 ms');
});

test('a schema that is kept secret is no failure', () => {
  assert.equal(withoutSchema(null), null);
  const off = withoutSchema(JSON.stringify({ errors: [{ message: 'x', extensions: { code: 'INTROSPECTION_OFF' } }] }));
  assert.equal(off.off, true);
  assert.match(off.text, /questions run all the same\.$/);
  for (const error of ['{"errors":[{"message":"Broken."}]}', 'Broken.']) {
    assert.deepEqual([withoutSchema(error).off, withoutSchema(error).text.endsWith('are missing. Broken.')], [false, true]);
  }
});
