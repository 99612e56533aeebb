// Charts by Observable Plot.
import * as Plot from '@observablehq/plot';
import { bars, toTime, typeOf } from './chart.js';

/** An SVG of the chart. */
export function drawChart(rows, { kind, x, y }, { width, colours: { dark, ink, ground } }) {
  const style = { color: ink, background: ground, fontSize: '12px' };
  const colour = dark ? '#7cb8ff' : '#0b5cad';
  const common = { width, style, ariaLabel: describe(kind, x, y) };
  if (kind === 'bar') return drawBars(rows, x, y, common, colour);
  const time = typeOf(rows, x) === 'time';
  const points = rows
    .map((row) => ({ x: time ? toTime(row[x]) : row[x], y: row[y], title: title(row) }))
    .filter((point) => point.x !== null && typeof point.y === 'number');
  if (time) points.sort((a, b) => a.x - b.x);
  return Plot.plot({
    ...common,
    height: 380,
    grid: true,
    x: { label: x, type: time ? 'utc' : undefined },
    y: { label: y },
    marks: [
      kind === 'line' ? Plot.lineY(points, { x: 'x', y: 'y', stroke: colour }) : null,
      Plot.dot(points, { x: 'x', y: 'y', fill: colour, r: kind === 'line' ? 2.5 : 4, title: 'title' }),
    ],
  });
}

function drawBars(rows, x, y, common, colour) {
  const { shown, left } = bars(rows, x, y);
  const longest = Math.max(...shown.map((bar) => bar.name.length), 4);
  return Plot.plot({
    ...common,
    height: 60 + shown.length * 22,
    marginLeft: Math.min(220, 20 + longest * 7),
    marginRight: 50,
    x: { label: (y ?? 'rows') + (left ? `; ${left} smaller ones are not shown` : ''), grid: true, axis: 'top' },
    y: { label: null, domain: shown.map((bar) => bar.name) },
    marks: [
      Plot.barX(shown, { x: 'value', y: 'name', fill: colour, title: (bar) => `${bar.name}: ${bar.value}` }),
      Plot.text(shown, { x: 'value', y: 'name', text: (bar) => String(bar.value), dx: 4, textAnchor: 'start' }),
      Plot.ruleX([0]),
    ],
  });
}

function title(row) {
  return Object.entries(row).map(([name, value]) => `${name}: ${value ?? ''}`).join('\n');
}

function describe(kind, x, y) {
  const what = { bar: 'Bars', line: 'Line', scatter: 'Points' }[kind];
  return `${what}: ${y ?? 'number of rows'} by ${x}`;
}
