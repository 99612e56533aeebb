// The picture of a network: forces by d3, drawn as SVG so that it can be kept.
import { drag } from 'd3-drag';
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import { create } from 'd3-selection';
import { zoom } from 'd3-zoom';
import { placeLabels } from './labels.js';

const LIGHT = ['#0b5cad', '#b3541e', '#1a7f37', '#8250df', '#a40e5c', '#57606a', '#946c00', '#0f766e'];
const DARK = ['#7cb8ff', '#ffa657', '#7ee787', '#d2a8ff', '#ff9bce', '#b1bac4', '#e3b341', '#5eead4'];

const SIZE = 11;
const font = (size) => `${size}px system-ui, sans-serif`;

/** An SVG of the network. `open(node)` is called for a click or Enter on a node. */
export function drawGraph({ nodes, edges }, { width, height, colours: { dark, ink, ground }, open = null }) {
  const types = [...new Set(nodes.map((node) => node.family))];
  const colours = dark ? DARK : LIGHT;
  const colour = (node) => colours[types.indexOf(node.family) % colours.length];
  const points = nodes.map((node) => ({ ...node, degree: 0 }));
  const byKey = new Map(points.map((point) => [point.key, point]));
  const lines = edges.map((edge) => ({ ...edge, source: byKey.get(edge.from), target: byKey.get(edge.to) }));
  for (const line of lines) {
    line.source.degree += 1;
    line.target.degree += 1;
  }
  const wide = measure(SIZE);
  for (const point of points) Object.assign(point, { radius: radius(point), width: wide(point.label) });
  const simulation = settle(points, lines, width, height);
  const svg = create('svg')
    .attr('viewBox', `0 0 ${width} ${height}`)
    .attr('width', width).attr('height', height)
    .attr('role', 'group').attr('aria-label', `A graph of ${nodes.length} nodes and ${edges.length} edges`)
    .attr('font-family', 'system-ui, sans-serif');
  svg.append('rect').attr('width', width).attr('height', height).attr('fill', ground);
  const stage = svg.append('g');
  const line = stage.append('g').attr('stroke', dark ? '#5b6673' : '#a9b3bd').selectAll('line').data(lines).join('line')
    .attr('vector-effect', 'non-scaling-stroke');
  line.append('title').text((edge) => `${edge.source.label} – ${edge.target.label}${edge.label ? `: ${edge.label}` : ''}`);
  const node = stage.append('g').selectAll('g').data(points).join('g').attr('class', 'atlas-node');
  node.append('circle').attr('fill', colour).attr('stroke', ground);
  const name = node.append('text').text((point) => point.label).attr('fill', ink)
    .attr('paint-order', 'stroke').attr('stroke', ground).attr('stroke-linejoin', 'round');
  node.append('title').text((point) => `${point.label} (${point.type})`);
  const key = legend(svg, types, colours, ink);
  const room = { taken: [key], frame: { x: 2, y: 0, width: width - 4, height } };
  const picture = { svg, stage, node, line, name, room, points, scale: 1 };
  simulation.on('tick', () => place(picture)).on('end', () => label(picture));
  place(picture);
  label(picture);
  behave(picture, { simulation, open });
  return svg.node();
}

const radius = (point) => 4 + Math.min(10, Math.sqrt(point.degree) * 1.6);

/** How wide a text is. */
function measure(size) {
  const context = document.createElement('canvas').getContext('2d');
  context.font = font(size);
  return (text) => context.measureText(text).width;
}

function place({ line, node }) {
  line.attr('x1', (edge) => edge.source.x).attr('y1', (edge) => edge.source.y)
    .attr('x2', (edge) => edge.target.x).attr('y2', (edge) => edge.target.y);
  node.attr('transform', (point) => `translate(${point.x},${point.y})`);
}

/** Writes the names that have room. Nodes and names keep their size when zoomed: closer, more names have it. */
function label({ node, name, room, points, scale }) {
  const sized = points.map((point) => ({ ...point, radius: point.radius / scale, width: point.width / scale, weight: point.degree }));
  const places = placeLabels(sized, (SIZE + 2) / scale, scale === 1 ? room : {});
  node.select('circle').attr('r', (point) => point.radius / scale).attr('stroke-width', 1 / scale);
  name.attr('font-size', SIZE / scale).attr('stroke-width', 3 / scale)
    .attr('class', (_point, index) => (places[index] ? null : 'atlas-crowded'))
    .attr('display', (_point, index) => (places[index] ? null : 'none'))
    .attr('text-anchor', (_point, index) => places[index]?.anchor ?? 'start')
    .attr('x', (point, index) => places[index]?.x ?? (point.radius + 3) / scale)
    .attr('y', (_point, index) => places[index]?.y ?? 4 / scale);
}

/** Lays out before anything is shown: no motion that nobody asked for. */
function settle(points, lines, width, height) {
  const simulation = forceSimulation(points)
    .force('link', forceLink(lines).distance(70))
    .force('charge', forceManyBody().strength(-200))
    .force('collide', forceCollide((point) => point.radius + 10))
    .force('x', forceX(width / 2).strength(0.06 * Math.min(1, height / width)))
    .force('y', forceY(height / 2).strength(0.06 * Math.min(1, width / height)))
    .stop();
  simulation.tick(points.length > 200 ? 120 : 250);
  const [x, y] = [fit(points.map((p) => p.x), width, 70), fit(points.map((p) => p.y), height, 30)];
  for (const point of points) Object.assign(point, { x: x(point.x), y: y(point.y) });
  return simulation;
}

/** From where a force has put it to where it fills the picture; a few nodes are not torn apart. */
function fit(values, size, margin) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const scale = Math.min(2.2, (size - 2 * margin) / (high - low || 1));
  return (value) => size / 2 + (value - (low + high) / 2) * scale;
}

/** The types by colour; returns the box that they take. */
function legend(svg, types, colours, ink) {
  const entry = svg.append('g').selectAll('g').data(types).join('g')
    .attr('transform', (_type, index) => `translate(14,${18 + index * 18})`);
  entry.append('circle').attr('r', 5).attr('fill', (_type, index) => colours[index % colours.length]);
  entry.append('text').attr('x', 10).attr('y', 4).attr('fill', ink).attr('font-size', 12).text((type) => type);
  return { x: 0, y: 0, width: 30 + Math.max(0, ...types.map(measure(12))), height: 12 + types.length * 18 };
}

function behave(picture, { simulation, open }) {
  const { svg, stage, node, line, name } = picture;
  svg.call(zoom().scaleExtent([0.2, 8]).on('zoom', ({ transform }) => {
    stage.attr('transform', transform);
    if (transform.k === picture.scale) return;
    picture.scale = transform.k;
    label(picture);
  }));
  node.call(drag()
    .on('start', ({ active, subject }) => {
      if (!active) simulation.alphaTarget(0.2).restart();
      Object.assign(subject, { fx: subject.x, fy: subject.y });
    })
    .on('drag', ({ subject, x, y }) => Object.assign(subject, { fx: x, fy: y }))
    .on('end', ({ active, subject }) => {
      if (!active) simulation.alphaTarget(0);
      Object.assign(subject, { fx: null, fy: null });
    }));
  const near = (point) => (edge) => edge.source === point || edge.target === point;
  const light = (point) => {
    const edges = line.data().filter(near(point));
    const lit = new Set([point, ...edges.flatMap((edge) => [edge.source, edge.target])]);
    node.attr('opacity', (other) => (lit.has(other) ? 1 : 0.2));
    name.filter('.atlas-crowded').attr('display', (other) => (lit.has(other) ? null : 'none'));
    line.attr('opacity', (edge) => (near(point)(edge) ? 1 : 0.1));
  };
  const dim = () => {
    for (const all of [node, line]) all.attr('opacity', null);
    name.filter('.atlas-crowded').attr('display', 'none');
  };
  node.on('mouseenter', (_event, point) => light(point)).on('mouseleave', dim)
    .on('focus', (_event, point) => light(point)).on('blur', dim);
  if (!open) return;
  node.attr('tabindex', 0).attr('role', 'button').attr('aria-label', (point) => `${point.label}, ${point.type}: open`)
    .attr('cursor', 'pointer')
    .on('click', (event, point) => event.defaultPrevented || open(point))
    .on('keydown', (event, point) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        open(point);
      }
    });
}
