import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bars, suggest, typeOf } from '../src/results/chart.js';
import { csv } from '../src/results/csv.js';
import { columns, flatten, label, lists } from '../src/results/lists.js';

const STACK = {
  company: {
    slug: 'a',
    name: 'A',
    products: { nodes: [{ name: 'P' }, { name: 'Q' }] },
    stack: [
      { category: null, usages: { nodes: [{ status: 'CURRENT', technology: { slug: 'go', name: 'Go' } }] } },
      { category: { name: 'Store' }, usages: { nodes: [{ status: 'PAST', technology: { slug: 'x', name: 'X' } }, { status: 'CURRENT', technology: { slug: 'y', name: 'Y' } }] } },
    ],
  },
};

test('a list of nodes is rows', () => {
  const [list] = lists({ technologies: { totalCount: 9, nodes: [{ name: 'Go', steward: { name: 'Google' } }, { name: 'C' }] } });
  assert.equal(list.path, 'technologies');
  assert.ok(!('technologies.totalCount' in list.rows[0]));
  assert.deepEqual(list.rows.map((row) => [row.name, row['steward.name']]), [['Go', 'Google'], ['C', undefined]]);
});

test('edges are rows of their nodes, without cursors', () => {
  const [list] = lists({ all: { edges: [{ cursor: 'c', node: { name: 'Go' } }] } });
  assert.deepEqual(list, { path: 'all', rows: [{ name: 'Go' }] });
});

test('nested lists are lists of their own, with what stands above', () => {
  const all = lists(STACK);
  assert.deepEqual(all.map((list) => [list.path, list.rows.length]), [
    ['company.products', 2],
    ['company.stack', 2],
    ['company.stack.usages', 3],
  ]);
  const stack = all[1].rows;
  assert.equal(stack[1].usages, 'X; Y');
  assert.equal(stack[1]['category.name'], 'Store');
  const usages = all[2].rows;
  assert.equal(usages[2]['technology.name'], 'Y');
  assert.equal(usages[2]['stack.category.name'], 'Store');
  assert.equal(usages[2]['company.name'], 'A');
});

test('an answer without a list is one row', () => {
  assert.deepEqual(lists({ technology: { name: 'Go' } }), [{ path: '', rows: [{ 'technology.name': 'Go' }] }]);
  assert.deepEqual(lists(null), []);
  assert.deepEqual(lists({ technologies: { nodes: [] } }).flatMap((list) => list.rows).length, 1);
});

test('cells name what they hold', () => {
  assert.equal(label({ reason: null, technology: { name: 'Go' } }), 'Go');
  assert.equal(label(null), '');
  assert.deepEqual(flatten({ tags: ['a', 'b'] }), { tags: 'a; b' });
  assert.deepEqual(columns([{ a: 1 }, { b: 2, a: 1 }]), ['a', 'b']);
});

test('CSV follows RFC 4180 and starts no formula', () => {
  const rows = [{ a: 'x,y', b: 'say "hi"' }, { a: '=1+1', b: -5 }, { a: null, b: '@x\ny' }, { a: true }];
  assert.equal(csv(rows, ['a', 'b']), 'a,b\r\n"x,y","say ""hi"""\r\n\'=1+1,-5\r\n,"\'@x\ny"\r\ntrue,\r\n');
});

test('the chart suits the data', () => {
  const named = [{ slug: 'a', name: 'A', adopterCount: 3 }, { slug: 'b', name: 'B', adopterCount: 5 }];
  assert.deepEqual(suggest(named), { kind: 'bar', x: 'name', y: 'adopterCount' });
  const years = [{ name: 'A', firstAppeared: 1990, n: 1 }, { name: 'B', firstAppeared: 1991, n: 2 }];
  assert.equal(typeOf(years, 'firstAppeared'), 'time');
  assert.deepEqual(suggest(years), { kind: 'line', x: 'firstAppeared', y: 'n' });
  assert.deepEqual(suggest([{ a: 1, b: 2 }, { a: 2, b: 3 }]), { kind: 'scatter', x: 'a', y: 'b' });
  assert.deepEqual(suggest([{ kind: 'T' }, { kind: 'L' }, { kind: 'T' }]), { kind: 'bar', x: 'kind', y: null });
  assert.equal(suggest([{ a: null }]), null);
});

test('bars are added up, and no more than can be read', () => {
  assert.deepEqual(bars([{ k: 'a', n: 1 }, { k: 'b', n: 5 }, { k: 'a', n: 2 }], 'k', 'n').shown, [{ name: 'b', value: 5 }, { name: 'a', value: 3 }]);
  assert.equal(bars(Array.from({ length: 50 }, (_, i) => ({ k: i })), 'k', null).left, 10);
});
