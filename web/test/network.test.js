import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { buildSchema, parse } from 'graphql';
import { MOST, network, questionAbout } from '../src/results/network.js';

// The schema names directives of federation without defining them.
const schema = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'), { assumeValidSDL: true });

test('usages are edges between what they join', () => {
  const query = 'query { companies { nodes { slug name usages { nodes { technology { __typename slug name } } } } } }';
  const go = { __typename: 'Language', slug: 'go', name: 'Go' };
  const data = { companies: { nodes: [
    { slug: 'a', name: 'A', usages: { nodes: [{ technology: go }] } },
    { slug: 'b', name: 'B', usages: { nodes: [{ technology: go }, { technology: go }] } },
  ] } };
  const { nodes, edges, truncated } = network(data, parse(query), schema);
  assert.deepEqual(nodes.map((node) => [node.label, node.type, node.family]), [['A', 'Company', 'Company'], ['Go', 'Language', 'Technology'], ['B', 'Company', 'Company']]);
  assert.deepEqual(edges.map((edge) => edge.label), ['usages', 'usages']);
  assert.equal(truncated, false);
});

test('relations join their two ends, and cycles are closed', () => {
  const query = `{ technology(by: {slug: "a"}) { slug name relations { nodes { kind ...ends } } } }
    fragment ends on Relation { from { slug name } to { slug name } }`;
  const [a, b] = [{ slug: 'a', name: 'A' }, { slug: 'b', name: 'B' }];
  const data = { technology: { ...a, relations: { nodes: [{ kind: 'RUNS_ON', from: a, to: b }, { kind: 'RUNS_ON', from: b, to: a }] } } };
  const { nodes, edges } = network(data, parse(query), schema);
  assert.equal(nodes.length, 2);
  assert.deepEqual(edges.map((edge) => edge.label), ['RUNS_ON']);
});

test('things of different kinds with one name stay apart, and one thing is one node', () => {
  const query = '{ technology(by: {slug: "go"}) { slug name } company(by: {slug: "go"}) { slug name } language(by: {slug: "go"}) { name } }';
  const data = { technology: { slug: 'go', name: 'Go' }, company: { slug: 'go', name: 'Go' }, language: { name: 'Go' } };
  assert.equal(network(data, parse(query), schema).nodes.length, 2);
});

test('a picture has its bounds', () => {
  const data = { companies: { nodes: Array.from({ length: MOST + 1 }, (_, i) => ({ slug: `c${i}`, name: `C${i}` })) } };
  const graph = network(data, parse('{ companies { nodes { slug name } } }'), schema);
  assert.equal(graph.nodes.length, MOST);
  assert.equal(graph.truncated, true);
});

test('a node opens with a question that the schema has', () => {
  const about = questionAbout({ family: 'Technology', type: 'Language', slug: 'go' }, schema);
  assert.match(about, /technology\(by: \{slug: "go"\}\) \{ \.\.\. on Language \{/);
  parse(about);
  assert.match(questionAbout({ family: 'Company', type: 'Company', id: 'x' }, schema), /node\(id: "x"\)/);
  assert.equal(questionAbout({ family: 'Nothing', type: 'Nothing', slug: 'x' }, schema), null);
});
