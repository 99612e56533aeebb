// The picture on the front page: the most used technologies and who uses them. Without this file
// the page shows the same as a list.
import { coloursOf } from './results/colours.js';
import { drawGraph } from './results/graph.js';
import { network } from './results/network.js';

const place = document.getElementById('map');

function draw(graph) {
  // Without a picture in it the place itself has no width.
  const width = place.parentElement.clientWidth;
  const open = ({ family, slug }) => {
    const question = document.querySelector(`[data-opens="${family}"]`);
    if (question) location.assign(question.href.replaceAll('SLUG', encodeURIComponent(slug)));
  };
  place.replaceChildren(drawGraph(graph, { width, height: Math.min(520, Math.max(360, width * 0.6)), colours: coloursOf(place), open }));
}

async function start() {
  const response = await fetch('graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: place.dataset.query }),
  });
  const { data } = await response.json();
  const graph = network(typed(data));
  if (graph.nodes.length > 0) draw(graph);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => draw(graph));
}

/** The question selects `__typename`, but the page carries no schema to say what a language is. */
function typed({ technologies }) {
  return technologies.nodes.map((technology) => ({
    Technology: { ...technology, usages: technology.usages.nodes.map(({ adopter }) => ({ [adopter.__typename]: adopter })) },
  }));
}

// Over an empty database there is no place for a picture.
if (place) start().catch(() => { place.hidden = true; });
