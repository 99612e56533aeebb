// The picture of a network: forces by d3, drawn as SVG so that it can be kept.
import { drag } from 'd3-drag';
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import { create, select } from 'd3-selection';
import { zoom } from 'd3-zoom';

const LIGHT = ['#0b5cad', '#b3541e', '#1a7f37', '#8250df', '#a40e5c', '#57606a', '#946c00', '#0f766e'];
const DARK = ['#7cb8ff', '#ffa657', '#7ee787', '#d2a8ff', '#ff9bce', '#b1bac4', '#e3b341', '#5eead4'];

/** An SVG of the network. `open(node)` is called for a click or Enter on a node. */
export function drawGraph({ nodes, edges }, { width, height, dark, open = null }) {
  const types = [...new Set(nodes.map((node) => node.family))];
  const colours = dark ? DARK : LIGHT;
  const colour = (node) => colours[types.indexOf(node.family) % colours.length];
  const ink = dark ? '#e4e8ec' : '#1c2128';
  const points = nodes.map((node) => ({ ...node, degree: 0 }));
  const byKey = new Map(points.map((point) => [point.key, point]));
  const lines = edges.map((edge) => ({ ...edge, source: byKey.get(edge.from), target: byKey.get(edge.to) }));
  for (const line of lines) {
    line.source.degree += 1;
    line.target.degree += 1;
  }
  const simulation = settle(points, lines, width, height);
  const svg = create('svg')
    .attr('viewBox', `0 0 ${width} ${height}`)
    .attr('width', width).attr('height', height)
    .attr('role', 'group').attr('aria-label', `A graph of ${nodes.length} nodes and ${edges.length} edges`)
    .attr('font-family', 'system-ui, sans-serif').attr('font-size', 11);
  svg.append('rect').attr('width', width).attr('height', height).attr('fill', dark ? '#14171b' : '#ffffff');
  const stage = svg.append('g');
  const line = stage.append('g').attr('stroke', dark ? '#5b6673' : '#a9b3bd').selectAll('line').data(lines).join('line');
  line.append('title').text((edge) => `${edge.source.label} – ${edge.target.label}${edge.label ? `: ${edge.label}` : ''}`);
  const node = stage.append('g').selectAll('g').data(points).join('g').attr('class', 'atlas-node');
  node.append('circle').attr('r', radius).attr('fill', colour);
  node.append('text').text((point) => point.label).attr('fill', ink)
    .attr('x', (point) => radius(point) + 3).attr('y', 4);
  node.append('title').text((point) => `${point.label} (${point.type})`);
  legend(svg, types, colours, ink);
  const place = () => {
    line.attr('x1', (edge) => edge.source.x).attr('y1', (edge) => edge.source.y)
      .attr('x2', (edge) => edge.target.x).attr('y2', (edge) => edge.target.y);
    node.attr('transform', (point) => `translate(${point.x},${point.y})`);
  };
  simulation.on('tick', place);
  place();
  behave(svg, stage, node, line, { simulation, open });
  return svg.node();
}

const radius = (point) => 4 + Math.min(10, Math.sqrt(point.degree) * 1.6);

/** Lays out before anything is shown: no motion that nobody asked for. */
function settle(points, lines, width, height) {
  const simulation = forceSimulation(points)
    .force('link', forceLink(lines).distance(70))
    .force('charge', forceManyBody().strength(-140))
    .force('collide', forceCollide((point) => radius(point) + 8))
    .force('x', forceX(width / 2).strength(0.06))
    .force('y', forceY(height / 2).strength(0.09))
    .stop();
  simulation.tick(points.length > 200 ? 120 : 250);
  const margin = 30;
  const fit = (values, size) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const scale = Math.min(1, (size - 2 * margin) / (high - low || 1));
    return (value) => size / 2 + (value - (low + high) / 2) * scale;
  };
  const [x, y] = [fit(points.map((p) => p.x), width - 80), fit(points.map((p) => p.y), height)];
  for (const point of points) Object.assign(point, { x: x(point.x), y: y(point.y) });
  return simulation;
}

function legend(svg, types, colours, ink) {
  const entry = svg.append('g').selectAll('g').data(types).join('g')
    .attr('transform', (_type, index) => `translate(14,${18 + index * 18})`);
  entry.append('circle').attr('r', 5).attr('fill', (_type, index) => colours[index % colours.length]);
  entry.append('text').attr('x', 10).attr('y', 4).attr('fill', ink).attr('font-size', 12).text((type) => type);
}

function behave(svg, stage, node, line, { simulation, open }) {
  svg.call(zoom().scaleExtent([0.2, 8]).on('zoom', ({ transform }) => stage.attr('transform', transform)));
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
    line.attr('opacity', (edge) => (near(point)(edge) ? 1 : 0.1));
  };
  const dim = () => [node, line].forEach((all) => all.attr('opacity', null));
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

/** Whether an element lies on a dark ground. */
export function isDark(element = document.body) {
  if (element.closest?.('.graphiql-dark') || document.querySelector('.graphiql-dark')) return true;
  if (document.querySelector('.graphiql-light')) return false;
  return select(window).node().matchMedia('(prefers-color-scheme: dark)').matches;
}
