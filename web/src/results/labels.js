// Where the names in a graph stand, so that each that is shown can be read.

const GAP = 3;

/** The four places beside a node, the best first: offsets of the text's start, and where it is anchored. */
const PLACES = [
  { anchor: 'start', at: (r, w, h) => ({ x: r + GAP, y: -h / 2 }) },
  { anchor: 'end', at: (r, w, h) => ({ x: -r - GAP - w, y: -h / 2 }) },
  { anchor: 'middle', at: (r, w, h) => ({ x: -w / 2, y: r + GAP - 1 }) },
  { anchor: 'middle', at: (r, w, h) => ({ x: -w / 2, y: -r - GAP + 1 - h }) },
];

const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const within = (box, frame) => box.x >= frame.x && box.y >= frame.y && box.x + box.width <= frame.x + frame.width && box.y + box.height <= frame.y + frame.height;

/**
 * A place for the name of each point, or null where none is free: `{ x, y, anchor }`, the offset of
 * the text from its node. Points are `{ x, y, radius, width, weight }`; the weightiest choose first.
 * `taken` are boxes that stay free, such as the legend; `frame` is the box that names keep to.
 */
export function placeLabels(points, height, { taken = [], frame = null } = {}) {
  const boxes = [...taken, ...points.map(({ x, y, radius }) => ({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }))];
  const places = new Map();
  for (const point of [...points].sort((a, b) => b.weight - a.weight)) {
    const { radius, width } = point;
    const free = PLACES.map(({ anchor, at }) => ({ anchor, offset: at(radius, width, height) })).find(({ offset }) => {
      const box = { x: point.x + offset.x, y: point.y + offset.y, width, height };
      if ((frame && !within(box, frame)) || boxes.some((other) => overlap(box, other))) return false;
      boxes.push(box);
      return true;
    });
    places.set(point, free ? toText(free, width, height) : null);
  }
  return points.map((point) => places.get(point));
}

/** From the corner of a box to what SVG wants: the anchor's place on the line below the text. */
function toText({ anchor, offset }, width, height) {
  const shift = { start: 0, middle: width / 2, end: width }[anchor];
  return { x: offset.x + shift, y: offset.y + height * 0.8, anchor };
}
