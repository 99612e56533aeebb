import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeLabels } from '../src/results/labels.js';

const HEIGHT = 12;
const point = (x, y, weight = 1, width = 40) => ({ x, y, radius: 5, width, weight });

test('a name stands right of its node, if it can', () => {
  const [{ x, y, anchor }] = placeLabels([point(100, 100)], HEIGHT);
  assert.deepEqual([x, y.toFixed(1), anchor], [8, '3.6', 'start']);
});

test('neighbours make room; the weightiest chooses first', () => {
  const [light, heavy] = placeLabels([point(100, 100, 1), point(125, 100, 2)], HEIGHT);
  assert.equal(heavy.anchor, 'start');
  assert.equal(light.anchor, 'end');
});

test('where nothing is free there is no name', () => {
  const crowd = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => point(100 + index * 2, 100, 8 - index));
  const anchors = placeLabels(crowd, HEIGHT).map((place) => place?.anchor ?? null);
  assert.deepEqual(anchors, ['end', 'middle', 'middle', null, null, null, 'start', null]);
});

test('what is taken stays free', () => {
  const [place] = placeLabels([point(100, 100)], HEIGHT, { taken: [{ x: 106, y: 90, width: 50, height: 20 }] });
  assert.equal(place.anchor, 'end');
});

test('no name leaves the frame', () => {
  const frame = { x: 0, y: 0, width: 200, height: 150 };
  const anchors = [point(190, 75), point(10, 75), point(100, 5), point(197, 145)].map((it) => placeLabels([it], HEIGHT, { frame })[0]?.anchor ?? null);
  assert.deepEqual(anchors, ['end', 'start', 'middle', null]);
});
